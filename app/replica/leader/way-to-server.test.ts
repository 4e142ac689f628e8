import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WayToServer } from './way-to-server.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** What becomes of a request now. */
let server: (signal: AbortSignal) => Promise<{ ok: boolean }>
/** When it was asked, in ms since the test began. */
let asked: number[] = []
let began = 0

const answers = async (): Promise<{ ok: boolean }> => ({ ok: true })
const isAway = async (): Promise<never> => Promise.reject(new TypeError('Failed to fetch'))
const saysNothing = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

beforeEach(() => {
  vi.useFakeTimers()
  began = Date.now()
  asked = []
  server = isAway
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('fetch', (url: string, { signal }: { signal: AbortSignal }) => {
    expect(url).toBe('http://server/healthz')
    asked.push(Date.now() - began)
    return server(signal)
  })
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const control = new AbortController()
    setTimeout(() => control.abort(new DOMException('too late', 'TimeoutError')), ms)
    return control.signal
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** A leader whose rooms are on the server or not, what it had them do, and when. */
function leader() {
  const rooms = { areLost: true, tries: [] as { at: number; hangsAfter: number }[], found: 0 }
  const way = new WayToServer({
    url: 'http://server/healthz',
    isLost: () => rooms.areLost,
    tryNow: (hangsAfter) => rooms.tries.push({ at: Date.now() - began, hangsAfter }),
    onFound: () => rooms.found++,
  })
  return { rooms, way }
}

test('REPLICA-31 a server that is away is looked for every two seconds, for as long as it is, and the rooms try when it answers', async () => {
  const { rooms, way } = leader()
  await vi.advanceTimersByTimeAsync(10 * MINUTE)
  expect(asked.length).toBeGreaterThan(270)
  expect(asked.length).toBeLessThan(330)
  expect(rooms.tries).toEqual([])
  server = answers
  await vi.advanceTimersByTimeAsync(2.5 * SECOND)
  expect(rooms.tries.length).toBeGreaterThan(0)
  rooms.areLost = false
  way.found()
  expect(rooms.found).toBe(1)
})

test('REPLICA-31 one that does not answer is asked again meanwhile, and given up after four seconds', async () => {
  server = saysNothing
  const { rooms } = leader()
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(asked.length).toBeGreaterThan(26)
  // Each request that is open has a timer: no more than three, and the next look.
  expect(vi.getTimerCount()).toBeLessThanOrEqual(4)
  server = answers
  await vi.advanceTimersByTimeAsync(2.5 * SECOND)
  expect(rooms.tries.length).toBeGreaterThan(0)
})

test('REPLICA-31 nobody asks while a room is on the server or none wants to be, nor while the browser says that it is offline', async () => {
  const { rooms, way } = leader()
  rooms.areLost = false
  await vi.advanceTimersByTimeAsync(MINUTE)
  way.found()
  expect([asked, rooms.found]).toEqual([[], 0])
  rooms.areLost = true
  vi.stubGlobal('navigator', { onLine: false })
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(asked).toEqual([])
  vi.stubGlobal('navigator', { onLine: true })
  await vi.advanceTimersByTimeAsync(2.5 * SECOND)
  expect(asked.length).toBeGreaterThan(0)
})

test('REPLICA-31 a server that answers and lets nobody in is asked less and less; one that was away since, or let somebody in, is new', async () => {
  server = answers
  const { rooms, way } = leader()
  const inFiveMinutes = async (): Promise<number> => {
    const before = rooms.tries.length
    await vi.advanceTimersByTimeAsync(5 * MINUTE)
    expect(rooms.tries.length - before, 'one try for an answer').toBe(asked.length)
    asked = []
    return rooms.tries.length - before
  }
  expect(await inFiveMinutes()).toBeLessThan(16)
  expect(await inFiveMinutes()).toBeLessThan(11)
  server = isAway
  await vi.advanceTimersByTimeAsync(MINUTE)
  server = answers
  const tries = rooms.tries.length
  await vi.advanceTimersByTimeAsync(5.5 * SECOND)
  expect(rooms.tries.length - tries).toBeGreaterThanOrEqual(2)
  await vi.advanceTimersByTimeAsync(5 * MINUTE)
  way.found()
  const later = rooms.tries.length
  await vi.advanceTimersByTimeAsync(5.5 * SECOND)
  expect(rooms.tries.length - later).toBeGreaterThanOrEqual(2)
})

test('REPLICA-31 an answer with an error is none: what stands before a server that is away often has words of its own', async () => {
  server = async () => ({ ok: false })
  const { rooms } = leader()
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect([rooms.tries, asked.length > 25]).toEqual([[], true])
})

test('REPLICA-31 a slow line has the patience for its sockets that its answers need', async () => {
  for (const [ms, patience] of [
    [0, 1_000],
    [100, 1_400],
    [2_000, 9_000],
  ] as const) {
    server = async () => {
      await new Promise((done) => setTimeout(done, ms))
      return { ok: true }
    }
    const { rooms } = leader()
    await vi.advanceTimersByTimeAsync(2 * SECOND + ms)
    const { hangsAfter = 0 } = rooms.tries[0] ?? {}
    expect(hangsAfter).toBeGreaterThanOrEqual(patience)
    expect(hangsAfter).toBeLessThan(patience + 50)
    rooms.areLost = false
  }
})

test('REPLICA-31 the others try when a room is on the server after none was, and not at each room that follows', async () => {
  const { rooms, way } = leader()
  await vi.advanceTimersByTimeAsync(MINUTE)
  for (let room = 0; room < 5; room++) way.found()
  expect(rooms.found).toBe(1)
})

test('S03 a hundred browsers that lost their server in one instant do not come back to it in one', async () => {
  const all = Array.from({ length: 100 }, () => leader().rooms)
  await vi.advanceTimersByTimeAsync(20 * SECOND)
  server = answers
  const back = Date.now() - began
  await vi.advanceTimersByTimeAsync(2.5 * SECOND)
  const perTenth = new Map<number, number>()
  for (const { tries } of all) {
    const tenth = Math.floor(((tries[0]?.at ?? Number.NaN) - back) / 100)
    perTenth.set(tenth, (perTenth.get(tenth) ?? 0) + 1)
  }
  expect(perTenth.has(Number.NaN), 'all have tried').toBe(false)
  expect(Math.max(...perTenth.values())).toBeLessThan(25)
})
