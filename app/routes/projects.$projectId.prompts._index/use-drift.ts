import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { type Drift, driftOf, mergedFiles } from '#domain/changes/spec-drift.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

/** By version: the merges since that touched a file it names. A version without any is not in it. */
export function useDrift(projectId: string, prompts: readonly Pick<Prompt, 'id' | 'content' | 'createdAt' | 'seen'>[] | undefined) {
  const merged = useQuery(mergedFiles(projectId))
  return useMemo(() => {
    const drifted = new Map<string, Drift[]>()
    if (!merged || merged.length === 0) return drifted
    for (const prompt of prompts ?? []) {
      const found = driftOf(prompt, merged)
      if (found.length > 0) drifted.set(prompt.id, found)
    }
    return drifted
  }, [merged, prompts])
}
