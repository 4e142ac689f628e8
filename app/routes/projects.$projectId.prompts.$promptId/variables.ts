import type { Answer } from '#domain/core/refusal.ts'
import { fillVariables, missingVariables, renderPrompt } from '#domain/prompts/rules.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

type Composable = Pick<Prompt, 'id' | 'familyId' | 'title' | 'version' | 'content' | 'components' | 'variables'>

/** A prompt as it reads with its components and variables: the text, every name it has a place for, and the names still empty (PROMPT-2). */
export type Rendered = { answer: Answer<string>; names: readonly string[]; missing: readonly string[] }

/** Renders a prompt the way an agent gets it; an empty value counts as missing. */
export function renderWithNames(prompt: Composable, find: (id: string) => Composable | undefined): Rendered {
  const given = Object.fromEntries(Object.entries(prompt.variables).filter(([, value]) => value !== ''))
  const bare = renderPrompt({ ...prompt, variables: {} }, find)
  if (!bare.ok) return { answer: bare, names: Object.keys(prompt.variables), missing: [] }
  const text = fillVariables(bare.value, given)
  return {
    answer: { ok: true, value: text },
    names: [...new Set([...missingVariables(bare.value), ...Object.keys(given)])],
    missing: missingVariables(text),
  }
}
