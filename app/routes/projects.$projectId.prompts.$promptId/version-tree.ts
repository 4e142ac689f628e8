import type { Prompt } from '#domain/prompts/schema.ts'

type Version = Pick<Prompt, 'id' | 'familyId' | 'parentId' | 'version' | 'createdAt'>

/** One line of the versions list: how deep it branches off, and whether others follow it. */
export type VersionLine<P extends Version> = { prompt: P; isLeaf: boolean; isBranch: boolean }

/**
 * The versions of one chain, newest first. `isBranch` marks a version whose parent has another child: two people saved
 * at once, and both texts are there.
 */
export function versionLines<P extends Version>(all: readonly P[], familyId: string): VersionLine<P>[] {
  const family = all.filter((prompt) => prompt.familyId === familyId)
  const children = new Map<string, number>()
  for (const { parentId } of family) if (parentId) children.set(parentId, (children.get(parentId) ?? 0) + 1)
  return [...family]
    .sort((a, b) => b.version - a.version || b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .map((prompt) => ({
      prompt,
      isLeaf: !children.has(prompt.id),
      isBranch: prompt.parentId !== null && (children.get(prompt.parentId) ?? 0) > 1,
    }))
}

/** True when the version is followed, directly or not, by another one. */
export const newerThan = <P extends Version>(all: readonly P[], version: P): P[] =>
  all.filter((prompt) => prompt.familyId === version.familyId && descends(all, prompt, version.id))

function descends<P extends Version>(all: readonly P[], from: P, ancestorId: string): boolean {
  const seen = new Set<string>()
  let at: P | undefined = from
  while (at?.parentId && !seen.has(at.id)) {
    if (at.parentId === ancestorId) return true
    seen.add(at.id)
    const parentId: string = at.parentId
    at = all.find((prompt) => prompt.id === parentId)
  }
  return false
}
