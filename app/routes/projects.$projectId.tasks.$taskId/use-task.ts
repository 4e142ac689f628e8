import { useMemo } from 'react'
import { useOutbox, useQuery } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { attemptsAt, attemptsIn } from '#domain/attempts/queries.ts'
import { relativesOf } from '#domain/attempts/relatives.ts'
import { parentBranch } from '#domain/attempts/rules.ts'
import type { RowIn } from '#domain/core/query.ts'
import { projectById, reposOfProject } from '#domain/projects/queries.ts'
import { cardQueueOf } from '#domain/sessions/queries.ts'
import { inQueueOrder } from '#domain/sessions/queue.ts'
import { taskById } from '#domain/tasks/queries.ts'

export type TaskRow = RowIn<typeof taskById>
export type AttemptRow = RowIn<typeof attemptsAt>

/** The card; undefined while loading, null where there is none. */
export function useTask(projectId: string, taskId: string): TaskRow | null | undefined {
  const rows = useQuery(taskById(projectId, taskId))
  return rows === undefined ? undefined : (rows[0] ?? null)
}

/** The attempts at a card, the newest first, each with its number in the order they were made. */
export function useAttempts(projectId: string, taskId: string): (AttemptRow & { number: number })[] | undefined {
  const rows = useQuery(attemptsAt(projectId, taskId))
  return useMemo(
    () =>
      rows &&
      [...rows]
        .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
        .map((row, at) => ({ ...row, number: at + 1 }))
        .reverse(),
    [rows],
  )
}

/** The project's linked repository, if it has one. */
export function useLinkedRepo(projectId: string): { repoId: string | null; defaultBranch: string; isLoading: boolean } {
  const repos = useQuery(reposOfProject(projectId))
  const project = useQuery(projectById(projectId))?.[0]
  return {
    repoId: repos?.[0]?.repoId ?? null,
    defaultBranch: project?.gitRepositoryInfo?.defaultBranch ?? 'main',
    isLoading: repos === undefined,
  }
}

/** SUB-4: the branch a subtask starts from; null for any other card, undefined while it is not known. */
export function useParentBranch(projectId: string, taskId: string, repoId: string | null): string | null | undefined {
  const task = useTask(projectId, taskId)
  const relatives = useQuery(relativesOf(projectId, taskId))
  const parent = relatives?.find(({ relation }) => relation === 'parent')
  const attempts = useQuery(parent ? attemptsAt(projectId, parent.id) : null)
  const inRepo = useQuery(parent && repoId !== null ? attemptsIn(projectId, repoId) : null)
  if (task?.parentAttemptId === null || repoId === null || (relatives && !parent)) return null
  return attempts && inRepo ? parentBranch(parent, attempts, new Set(inRepo.map(({ attemptId }) => attemptId))) : undefined
}

/** What waits in the card's chat for its next agent: an attempt that is started now is told it, also where another one takes it first. */
export function useWaiting(projectId: string, taskId: string): string[] {
  return inQueueOrder(useQuery(cardQueueOf(projectId, taskId)) ?? []).map(({ id }) => id)
}

/** What of the outbox concerns this card: its starts, and what was asked of its attempts. */
export function useTaskOutbox(taskId: string, attemptIds: readonly string[]): OutboxItem[] {
  const items = useOutbox()
  return useMemo(() => items.filter(({ input }) => concerns(input, taskId, attemptIds)), [items, taskId, attemptIds])
}

function concerns(input: unknown, taskId: string, attemptIds: readonly string[]): boolean {
  if (typeof input !== 'object' || input === null) return false
  const { taskId: at, attemptId } = input as { taskId?: unknown; attemptId?: unknown }
  return at === taskId || (typeof attemptId === 'string' && attemptIds.includes(attemptId))
}
