import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RoomUse } from './room-use.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Which rooms were closed, while something waits in some of them. */
function roomsInUse() {
  const waiting = new Set<string>()
  const closed: string[] = []
  const use = new RoomUse((room) => !waiting.has(room) && closed.push(room) > 0)
  return { use, waiting, closed }
}

const MINUTE = 60_000

test('REPLICA-3 a room in which something waited when its time was over is closed once nothing waits, unless somebody shows it then', () => {
  const { use, waiting, closed } = roomsInUse()
  for (const room of ['project/a', 'project/b']) {
    waiting.add(room)
    use.used(room)
  }
  vi.advanceTimersByTime(3 * MINUTE)
  expect(closed).toEqual([])
  use.enter('tab', 'project/b')
  waiting.clear()
  vi.advanceTimersByTime(MINUTE)
  expect(closed).toEqual(['project/a'])
  use.leave('tab', 'project/b')
  vi.advanceTimersByTime(MINUTE)
  expect(closed).toEqual(['project/a', 'project/b'])
  expect(vi.getTimerCount(), 'and nobody comes back to them').toBe(0)
})

test('REPLICA-3 so is a conversation that is one too many', () => {
  const { use, waiting, closed } = roomsInUse()
  waiting.add('chat/0')
  for (let at = 0; at <= 30; at++) use.used(`chat/${at}`)
  expect(closed).toEqual([])
  waiting.clear()
  vi.advanceTimersByTime(MINUTE)
  expect(closed).toEqual(['chat/0'])
})

test('REPLICA-3 what is kept, or shown, is never closed', () => {
  const { use, closed } = roomsInUse()
  use.used('project/kept')
  use.keep('project/kept')
  use.used('team')
  use.enter('tab', 'project/shown')
  vi.advanceTimersByTime(5 * MINUTE)
  expect(closed).toEqual([])
  use.gone('tab')
  vi.advanceTimersByTime(MINUTE)
  expect(closed).toEqual(['project/shown'])
})
