import { isRecord } from '#domain/core/storable.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

/** What a person edits before saving it as a new version. Kept on the device until then. */
export type Draft = Pick<Prompt, 'title' | 'content' | 'type' | 'isReusable' | 'components' | 'variables'>

/** The draft of an untouched version: the version itself. */
export const draftOf = ({ title, content, type, isReusable, components, variables }: Draft): Draft => ({
  title,
  content,
  type,
  isReusable,
  components: [...components],
  variables: { ...variables },
})

/** The fields the draft changes; none when there is nothing to save. */
export function changesOf(draft: Draft, version: Draft): Partial<Draft> {
  const base = draftOf(version)
  const names = Object.keys(base) as (keyof Draft)[]
  return Object.fromEntries(
    names.filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(base[name])).map((name) => [name, draft[name]]),
  )
}

/** A draft read back from the device, or null where what is there is no draft (an older version of the app, a stranger's hand). */
export function readDraft(text: string | null): Draft | null {
  if (text === null) return null
  try {
    const found: unknown = JSON.parse(text)
    if (!isRecord(found)) return null
    const { title, content, type, isReusable, components, variables } = found
    if (typeof title !== 'string' || typeof content !== 'string' || typeof type !== 'string' || typeof isReusable !== 'boolean') return null
    if (!Array.isArray(components) || !components.every((id) => typeof id === 'string')) return null
    if (!isRecord(variables) || !Object.values(variables).every((value) => typeof value === 'string')) return null
    return { title, content, type, isReusable, components, variables: variables as Record<string, string> }
  } catch {
    return null
  }
}

/** The list with the entry put in, or moved, before what stands at `place` now; at the end where nothing does. */
export function putAt<T>(list: readonly T[], entry: T, place: number): T[] {
  return [...list.slice(0, place).filter((one) => one !== entry), entry, ...list.slice(place).filter((one) => one !== entry)]
}
