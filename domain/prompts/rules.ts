import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Prompt } from './schema.ts'

type Composable = Pick<Prompt, 'id' | 'familyId' | 'title' | 'version' | 'content' | 'components' | 'variables'>

/** `Checkout v3`, as people name a version. */
export const versionName = (prompt: Pick<Prompt, 'title' | 'version'>): string => `${prompt.title} v${prompt.version}`

/** A prompt as it reads with its components: its text, every variable it has a place for, and those without a value. */
export type Rendered = { text: string; names: readonly string[]; missing: readonly string[] }

/**
 * PROMPT-1: the whole text of a prompt: the rendered text of its components in order, then its own content, with
 * {{variables}} filled in. What is `given` wins over a prompt's own values, and those over its components'. A component that
 * is missing, or that leads back to a prompt already on the way, is refused with the path that shows it.
 * PROMPT-2: a variable without a value stays as it stands and is named as missing; `\{{name}}` is no variable. What a value says
 * is never read as a template.
 */
export function renderWhole(
  prompt: Composable,
  find: (id: string) => Composable | undefined,
  given: Readonly<Record<string, string>> = {},
  path: readonly Composable[] = [],
): Answer<Rendered> {
  const names = [...path, prompt].map(versionName).join(' → ')
  if (path.some((above) => above.familyId === prompt.familyId)) {
    return refuse('component-cycle', `A prompt can't contain itself: ${names}.`, 'components')
  }
  const values = { ...withoutEmpty(prompt.variables), ...given }
  const parts: Rendered[] = []
  for (const id of prompt.components) {
    const component = find(id)
    if (!component) return refuse('component-missing', `A component of ${names} is missing. Take it out or restore it.`, 'components')
    const rendered = renderWhole(component, find, values, [...path, prompt])
    if (!rendered.ok) return rendered
    parts.push(rendered.value)
  }
  const whole = [...parts, fillVariables(prompt.content, values)].filter(({ text }) => text.trim() !== '')
  return accept({
    text: whole.map(({ text }) => text).join('\n\n'),
    names: [...new Set(whole.flatMap((part) => part.names))],
    missing: [...new Set(whole.flatMap((part) => part.missing))],
  })
}

const VARIABLE = /(\\?)\{\{\s*([A-Za-z][\w.-]*)\s*\}\}/g

function fillVariables(content: string, values: Readonly<Record<string, string>>): Rendered {
  const names: string[] = []
  const text = content.replace(VARIABLE, (whole, backslash: string, name: string) => {
    if (backslash) return whole.slice(1)
    names.push(name)
    return Object.hasOwn(values, name) ? (values[name] ?? '') : whole
  })
  return { text, names, missing: names.filter((name) => !Object.hasOwn(values, name)) }
}

/** An empty value is none, and does not hide a component's own. */
const withoutEmpty = (values: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value))

/** The newest version of each chain, newest first. Two children of one parent are two leaves, and both are shown. */
export function leaves<P extends Pick<Prompt, 'id' | 'parentId' | 'createdAt'>>(all: readonly P[]): P[] {
  const parents = new Set(all.map((prompt) => prompt.parentId))
  return all.filter((prompt) => !parents.has(prompt.id)).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
}
