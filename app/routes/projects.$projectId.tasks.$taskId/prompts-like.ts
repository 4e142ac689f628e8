import { leaves } from '#domain/prompts/rules.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

type Version = Pick<Prompt, 'id' | 'familyId' | 'parentId' | 'title' | 'version' | 'content' | 'createdAt'> & {
  label: 'draft' | 'approved'
}

/** Nobody looks through more than these; another letter finds the rest. */
const MOST = 50
const NUMBER = /^v\d+$/

/**
 * PICK-2: the versions of prompts that have all the words typed, without the one a card has: of each prompt the newest, and the
 * newest that is approved where that is an older one; any other by its number, such as `v2`. Those with the words in their title
 * come before those with them in their text, and before all of them what may be started, where only approved versions may.
 */
export function promptsLike<V extends Version>(
  all: readonly V[],
  typed: string,
  { without, onlyApproved }: { without: string | null; onlyApproved: boolean },
): V[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const offered = new Set([...leaves(all), ...newestApproved(all)].map(({ id }) => id))
  const calls = ({ title, version }: V, word: string) => word === `v${version}` || title.toLowerCase().includes(word)
  const isCalled = (version: V) => words.every((word) => calls(version, word))
  // A text that names a version, of a tag for one, is not that version.
  const says = (version: V) =>
    words.every((word) => calls(version, word) || (!NUMBER.test(word) && version.content.toLowerCase().includes(word)))
  const last = (version: V): number => (onlyApproved && version.label === 'draft' ? 2 : 0) + (isCalled(version) ? 0 : 1)
  return all
    .filter((version) => version.id !== without && (offered.has(version.id) || words.includes(`v${version.version}`)) && says(version))
    .sort((a, b) => last(a) - last(b) || b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .slice(0, MOST)
}

function newestApproved<V extends Version>(all: readonly V[]): V[] {
  const newest = new Map<string, V>()
  for (const version of all)
    if (version.label === 'approved' && version.version >= (newest.get(version.familyId)?.version ?? 0))
      newest.set(version.familyId, version)
  return [...newest.values()]
}
