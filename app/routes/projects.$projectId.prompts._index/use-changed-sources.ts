import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { answerEditsOf } from '#domain/interviews/queries.ts'
import type { AnswerEdit } from '#domain/interviews/schema.ts'
import { changedSources } from '#domain/prompts/changed-sources.ts'
import type { Prompt } from '#domain/prompts/schema.ts'

export type SourceChange = Pick<AnswerEdit, 'id' | 'interviewId' | 'messageId' | 'before' | 'after' | 'createdAt' | 'createdBy'>

/** By version: the changes of the answers it was made of that nobody has looked at for it. A version without any is not in it. */
export function useChangedSources(projectId: string, prompts: readonly Pick<Prompt, 'id' | 'sources' | 'seen'>[] | undefined) {
  const edits = useQuery(answerEditsOf(projectId))
  return useMemo(() => {
    const changed = new Map<string, SourceChange[]>()
    if (!edits || edits.length === 0) return changed
    for (const prompt of prompts ?? []) {
      const found = changedSources(prompt, edits)
      if (found.length > 0) changed.set(prompt.id, found)
    }
    return changed
  }, [edits, prompts])
}
