import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { renderWhole, versionName } from './rules.ts'

/** What the start of an attempt fills in by itself, with what it means; these names need no value of a person's. */
export const FILLED_AT_START = {
  'card.id': 'the card’s number, such as APP-42',
  'card.title': 'the card’s title',
  'card.description': 'the card’s description',
  'project.name': 'the project’s name',
  'repo.name': 'the name of the repository’s folder',
  'repo.branch': 'the branch the work is to be merged into',
} as const
export type FilledAtStart = Readonly<Record<keyof typeof FILLED_AT_START, string>>

export const isFilledAtStart = (name: string): name is keyof FilledAtStart => Object.hasOwn(FILLED_AT_START, name)

type Composable = Parameters<typeof renderWhole>[0]

/** PROMPT-4: the text an attempt starts from, with its card and repository filled in. A variable without a value blocks it by name. */
export function decideStartText(prompt: Composable, find: (id: string) => Composable | undefined, filled: FilledAtStart): Answer<string> {
  const rendered = renderWhole(prompt, find, filled)
  if (!rendered.ok) return rendered
  const { text, missing } = rendered.value
  if (missing.length === 0) return accept(text)
  return refuse(
    'variable-missing',
    `${versionName(prompt)} has no value for ${missing.join(', ')}. Give it one under the prompt’s variables and save, or write \\{{…}} where no variable is meant.`,
    'variables',
  )
}
