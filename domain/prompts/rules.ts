import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { Prompt } from './schema.ts'

type Composable = Pick<Prompt, 'id' | 'familyId' | 'title' | 'version' | 'content' | 'components' | 'variables'>

/** `Checkout v3`, as people name a version. */
export const versionName = (prompt: Pick<Prompt, 'title' | 'version'>): string => `${prompt.title} v${prompt.version}`

/**
 * PROMPT-1: the whole text of a prompt: the rendered text of its components in order, then its own content, with
 * {{variables}} filled in (its own values win over its components'). A component that is missing, or that leads back to
 * a prompt already on the way, is refused with the path that shows it.
 */
export function renderPrompt(
  prompt: Composable,
  find: (id: string) => Composable | undefined,
  path: readonly Composable[] = [],
): Answer<string> {
  const names = [...path, prompt].map(versionName).join(' → ')
  if (path.some((above) => above.familyId === prompt.familyId)) {
    return refuse('component-cycle', `A prompt can't contain itself: ${names}.`, 'components')
  }
  const parts: string[] = []
  for (const id of prompt.components) {
    const component = find(id)
    if (!component) return refuse('component-missing', `A component of ${names} is missing. Take it out or restore it.`, 'components')
    const rendered = renderPrompt(component, find, [...path, prompt])
    if (!rendered.ok) return rendered
    parts.push(rendered.value)
  }
  const whole = [...parts, prompt.content].filter((part) => part.trim() !== '').join('\n\n')
  return accept(fillVariables(whole, prompt.variables))
}

const VARIABLE = /\{\{\s*([A-Za-z][\w.-]*)\s*\}\}/g

/** Fills the {{variables}} that have a value; the others stay as they stand. */
export function fillVariables(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) => values[name] ?? whole)
}

/** PROMPT-2: the names of variables a rendered text still waits for. */
export function missingVariables(text: string): string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map((match) => match[1] ?? ''))]
}

/** The newest version of each chain, newest first. Two children of one parent are two leaves, and both are shown. */
export function leaves<P extends Pick<Prompt, 'id' | 'parentId' | 'createdAt'>>(all: readonly P[]): P[] {
  const parents = new Set(all.map((prompt) => prompt.parentId))
  return all.filter((prompt) => !parents.has(prompt.id)).sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
}
