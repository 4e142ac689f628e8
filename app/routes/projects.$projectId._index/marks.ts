import { isUnderWay, lineForRoom } from '#domain/attempts/rules.ts'
import type { AttemptStatus } from '#domain/attempts/schema.ts'
import { sameValue } from '#domain/core/same-value.ts'
import { sumOfCosts } from '#domain/models/price.ts'

/**
 * What the record says about a card; `place`: where it stands in the line of those that wait for room, the first is 1; `start`: when work at it is to begin by
 * itself the next time, or the time that was missed; `cost`: of its attempts, as far as prices were known, null: of none.
 */
export type Marks = {
  attempts: number
  commits: number
  status: AttemptStatus | null
  place: number | null
  start: Start | null
  comments: number
  cost: number | null
}
export type Start = { at: number; isMissed: boolean }

type ScheduleRow = { taskId: string; at: number; missedAt: number | null }
type Beside = { schedules: readonly ScheduleRow[]; comments: readonly { taskId: string }[]; costs: ReadonlyMap<string, number> }
const NO_COSTS: ReadonlyMap<string, number> = new Map()
type AttemptRow = { id: string; taskId: string; status: AttemptStatus; waitsForRoom: boolean; createdAt: number }

/**
 * BOARD-5: per card the number of attempts and commits, and the status worth showing: of an attempt under way if there is
 * one, else of the newest. A card whose marks did not change keeps the same object.
 */
export function marksOf(
  before: ReadonlyMap<string, Marks>,
  attempts: readonly AttemptRow[],
  commits: readonly { taskId: string }[],
  { schedules = [], comments = [], costs = NO_COSTS }: Partial<Beside> = {},
): ReadonlyMap<string, Marks> {
  const marks = new Map<string, Marks & { at: number }>()
  const markOf = (taskId: string) => {
    let mark = marks.get(taskId)
    if (!mark) {
      mark = { attempts: 0, commits: 0, status: null, place: null, start: null, comments: 0, cost: null, at: 0 }
      marks.set(taskId, mark)
    }
    return mark
  }
  for (const attempt of attempts) {
    const mark = markOf(attempt.taskId)
    mark.attempts++
    mark.cost = sumOfCosts([mark.cost, costs.get(attempt.id) ?? null])
    const isLive = isUnderWay(attempt.status)
    const outranks = mark.status === null || (isLive === isUnderWay(mark.status) ? attempt.createdAt > mark.at : isLive)
    if (outranks) {
      mark.status = attempt.status
      mark.at = attempt.createdAt
    }
  }
  for (const commit of commits) markOf(commit.taskId).commits++
  for (const comment of comments) markOf(comment.taskId).comments++
  for (const [at, { taskId }] of lineForRoom(attempts).entries()) markOf(taskId).place ??= at + 1
  for (const { taskId, at, missedAt } of schedules) {
    const mark = markOf(taskId)
    const start = missedAt === null ? { at, isMissed: false } : { at: missedAt, isMissed: true }
    if (!mark.start || start.at < mark.start.at) mark.start = start
  }
  const result = new Map<string, Marks>()
  for (const [id, { at: _, ...mark }] of marks) {
    const old = before.get(id)
    result.set(id, old && sameValue(old, mark) ? old : mark)
  }
  return result
}
