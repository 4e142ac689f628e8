import { expect, test } from 'vitest'
import type { AttemptStatus } from '#domain/attempts/schema.ts'
import { marksOf } from './marks.ts'

const attempt = (taskId: string, status: AttemptStatus, createdAt: number) => ({ taskId, status, createdAt })

test('BOARD-5 an attempt under way is shown before a newer one that ended', () => {
  const marks = marksOf(new Map(), [attempt('t', 'running', 1), attempt('t', 'failed', 2)], [{ taskId: 't' }])
  expect(marks.get('t')).toEqual({ attempts: 2, commits: 1, status: 'running' })
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
