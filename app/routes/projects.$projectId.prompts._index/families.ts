import { leaves } from '#domain/prompts/rules.ts'
import type { Prompt } from '#domain/prompts/schema.ts'
import type { Label } from './with-labels.ts'

type Version = Pick<Prompt, 'id' | 'familyId' | 'parentId' | 'version' | 'title' | 'content' | 'type' | 'isReusable' | 'createdAt'> &
  Pick<Label, 'label'>

/** A chain of versions as one line of a list: the newest end of it, the other ends (branches), and how many versions there are. */
export type Family<P extends Version> = { newest: P; branches: readonly P[]; versions: number }

/** The chains of a project's prompts, the one changed last first. */
export function familiesOf<P extends Version>(all: readonly P[]): Family<P>[] {
  const counts = new Map<string, number>()
  for (const { familyId } of all) counts.set(familyId, (counts.get(familyId) ?? 0) + 1)
  const ends = new Map<string, P[]>()
  for (const leaf of leaves(all)) ends.set(leaf.familyId, [...(ends.get(leaf.familyId) ?? []), leaf])
  return [...ends.entries()].flatMap(([familyId, [newest, ...branches]]) =>
    newest ? [{ newest, branches, versions: counts.get(familyId) ?? 1 }] : [],
  )
}

export type PromptFilter = { text: string; type: string | null; label: 'draft' | 'approved' | null; reusable: boolean }

export const NO_FILTER: PromptFilter = { text: '', type: null, label: null, reusable: false }

/** The families whose newest version fits: every word of the text stands in the title or the content. */
export function filterFamilies<P extends Version>(families: readonly Family<P>[], filter: PromptFilter): Family<P>[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return families.filter(({ newest }) => {
    if (filter.type !== null && newest.type !== filter.type) return false
    if (filter.label !== null && newest.label !== filter.label) return false
    if (filter.reusable && !newest.isReusable) return false
    if (words.length === 0) return true
    const text = `${newest.title}\n${newest.content}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** The types in use, for the filter and as suggestions. */
export const typesOf = (all: readonly Pick<Prompt, 'type'>[]): string[] => [...new Set(all.map(({ type }) => type).filter(Boolean))].sort()
