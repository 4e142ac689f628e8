import { isUnderWay } from '#domain/attempts/rules.ts'
import type { AttemptStatus } from '#domain/attempts/schema.ts'

/** What the record says about a card. */
export type Marks = { attempts: number; commits: number; status: AttemptStatus | null }

type AttemptRow = { taskId: string; status: AttemptStatus; createdAt: number }

/**
 * BOARD-5: per card the number of attempts and commits, and the status worth showing: of an attempt under way if there is
 * one, else of the newest. A card whose marks did not change keeps the same object.
 */
export function marksOf(
  before: ReadonlyMap<string, Marks>,
  attempts: readonly AttemptRow[],
  commits: readonly { taskId: string }[],
): ReadonlyMap<string, Marks> {
  const marks = new Map<string, Marks & { at: number }>()
  const markOf = (taskId: string) => {
    let mark = marks.get(taskId)
    if (!mark) {
      mark = { attempts: 0, commits: 0, status: null, at: 0 }
      marks.set(taskId, mark)
    }
    return mark
  }
  for (const attempt of attempts) {
    const mark = markOf(attempt.taskId)
    mark.attempts++
    const isLive = isUnderWay(attempt.status)
    const outranks = mark.status === null || (isLive === isUnderWay(mark.status) ? attempt.createdAt > mark.at : isLive)
    if (outranks) {
      mark.status = attempt.status
      mark.at = attempt.createdAt
    }
  }
  for (const commit of commits) markOf(commit.taskId).commits++
  const result = new Map<string, Marks>()
  for (const [id, { attempts: tries, commits: made, status }] of marks) {
    const old = before.get(id)
    result.set(
      id,
      old && old.attempts === tries && old.commits === made && old.status === status ? old : { attempts: tries, commits: made, status },
    )
  }
  return result
}
