import { leaves } from './rules.ts'
import type { Prompt } from './schema.ts'

/** A prompt that has another in front of its text, and which version of that. */
export type Containing<P> = { prompt: P; has: P }

/**
 * The prompts that contain this one as a component, newest first: by their newest versions, since what an older version contained
 * is used no more. A component is one version, so each says which it has.
 */
export function containing<P extends Pick<Prompt, 'id' | 'familyId' | 'parentId' | 'createdAt' | 'components'>>(
  all: readonly P[],
  familyId: string,
): Containing<P>[] {
  const family = new Map(all.filter((prompt) => prompt.familyId === familyId).map((prompt) => [prompt.id, prompt]))
  return leaves(all).flatMap((prompt) =>
    [...new Set(prompt.components)].flatMap((id) => {
      const has = family.get(id)
      return has ? [{ prompt, has }] : []
    }),
  )
}
