import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { approvalsOf, promptsOf } from '#domain/prompts/queries.ts'
import { withLabels } from './with-labels.ts'

/** Every version of every prompt of a project with its label; undefined until it is known. */
export function usePrompts(projectId: string) {
  const prompts = useQuery(promptsOf(projectId))
  const approvals = useQuery(approvalsOf(projectId))
  return useMemo(() => prompts && withLabels(prompts, approvals ?? []), [prompts, approvals])
}
