import { expect, test } from 'vitest'
import type { AttemptStatus } from '#domain/attempts/schema.ts'
import { marksOf } from './marks.ts'

const attempt = (taskId: string, status: AttemptStatus, createdAt: number) => ({
  id: `${taskId}${createdAt}`,
  taskId,
  status,
  waitsForRoom: false,
  createdAt,
})

test('BOARD-5 an attempt under way is shown before a newer one that ended, whatever their order', () => {
  const [running, failed] = [attempt('t', 'running', 1), attempt('t', 'failed', 2)]
  for (const attempts of [
    [running, failed],
    [failed, running],
  ])
    expect(marksOf(new Map(), attempts, [{ taskId: 't' }]).get('t')).toEqual({
      attempts: 2,
      commits: 1,
      status: 'running',
      place: null,
      start: null,
      comments: 0,
      cost: null,
    })
})

test('BOARD-5 among ended ones the newest is shown, whatever their order', () => {
  const older = attempt('t', 'failed', 1)
  const newer = attempt('t', 'succeeded', 2)
  expect(marksOf(new Map(), [older, newer], []).get('t')?.status).toBe('succeeded')
  expect(marksOf(new Map(), [newer, older], []).get('t')?.status).toBe('succeeded')
})

test('BOARD-5 marks that did not change keep their identity', () => {
  const first = marksOf(new Map(), [attempt('a', 'queued', 1), attempt('b', 'queued', 1)], [])
  const second = marksOf(first, [attempt('a', 'running', 1), attempt('b', 'queued', 1)], [])
  expect(second.get('b')).toBe(first.get('b'))
  expect(second.get('a')).not.toBe(first.get('a'))
})

test('BOARD-5 ATTEMPT-9 cards that wait for room are told their places, the one started first the first', () => {
  const waiting = (taskId: string, createdAt: number) => ({ ...attempt(taskId, 'queued', createdAt), waitsForRoom: true })
  const begun = { ...waiting('d', 0), status: 'running' as const }
  const marks = marksOf(new Map(), [waiting('b', 2), waiting('a', 1), attempt('c', 'queued', 0), begun], [])
  expect(['a', 'b', 'c', 'd'].map((id) => marks.get(id)?.place)).toEqual([1, 2, null, null])
})

test('BOARD-5 a card that begins by itself has the nearest of its times, and one that was missed before those to come', () => {
  const none = { missedAt: null }
  const start = (rows: { taskId: string; at: number; missedAt: number | null }[]) =>
    marksOf(new Map(), [], [], { schedules: rows }).get('t')?.start
  expect(
    start([
      { taskId: 't', at: 20, ...none },
      { taskId: 't', at: 10, ...none },
    ]),
  ).toEqual({ at: 10, isMissed: false })
  expect(
    start([
      { taskId: 't', at: 20, ...none },
      { taskId: 't', at: 30, missedAt: 6 },
    ]),
  ).toEqual({ at: 6, isMissed: true })
  expect(marksOf(new Map(), [attempt('t', 'queued', 1)], []).get('t')?.start).toBeNull()
})

test('B5 the comments and the cost of a card are those of the lists behind them; a cost that is not known is none', () => {
  const attempts = [attempt('t', 'succeeded', 1), attempt('t', 'failed', 2), attempt('u', 'running', 3)]
  const costs = new Map([['t1', 0.5], ['t2', 0.25], ['gone', 9]]) // biome-ignore format: one line
  const marks = marksOf(new Map(), attempts, [], { comments: [{ taskId: 't' }, { taskId: 't' }, { taskId: 'v' }], costs })
  expect(['t', 'u', 'v'].map((id) => [marks.get(id)?.comments, marks.get(id)?.cost])).toEqual([[2, 0.75], [0, null], [1, null]]) // biome-ignore format: one line
})
