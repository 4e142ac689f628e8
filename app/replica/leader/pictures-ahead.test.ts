import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { picturesAhead } from './pictures-ahead.ts'

const MINUTE = 60_000

/** A store of pictures and a line with levers, and calls that wait. */
function device() {
  const held = new Set<string>()
  const levers = { isOnline: true, store: 'answers' as 'answers' | 'silent' | 'broken' }
  const wait = picturesAhead({
    onTheirWay: async () => {
      if (levers.store === 'broken') throw new Error('The browser refused.')
      return levers.store === 'silent' ? new Promise<never>(() => undefined) : [...held]
    },
    isOnline: () => levers.isOnline,
  })
  const gone: string[] = []
  const call = (name: string): void => void wait().then(() => gone.push(name))
  return { held, levers, gone, call }
}

describe('what goes before a call', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('REPLICA-26 a call waits for the pictures that were held when it was made, and for no later one', async () => {
    const { held, gone, call } = device()
    call('before any')
    await vi.advanceTimersByTimeAsync(0)
    held.add('first')
    call('after the first')
    await vi.advanceTimersByTimeAsync(MINUTE)
    held.add('second')
    expect(gone).toEqual(['before any'])
    held.delete('first')
    await vi.advanceTimersByTimeAsync(MINUTE / 10)
    expect(gone).toEqual(['before any', 'after the first'])
  })

  it('REPLICA-26 it is patient while they arrive, however slowly, and while the server is away', async () => {
    const { held, levers, gone, call } = device()
    for (const sha256 of ['a', 'b', 'c']) held.add(sha256)
    call('with three')
    for (const sha256 of ['a', 'b']) {
      await vi.advanceTimersByTimeAsync(1.9 * MINUTE)
      held.delete(sha256)
    }
    levers.isOnline = false
    await vi.advanceTimersByTimeAsync(100 * MINUTE)
    levers.isOnline = true
    await vi.advanceTimersByTimeAsync(1.9 * MINUTE)
    expect(gone).toEqual([])
    held.delete('c')
    await vi.advanceTimersByTimeAsync(MINUTE / 10)
    expect(gone).toEqual(['with three'])
  })

  it('REPLICA-26 one that does not arrive holds up what was asked then, not for ever, and nothing that is asked later', async () => {
    const { held, gone, call } = device()
    held.add('stuck')
    call('first')
    await vi.advanceTimersByTimeAsync(2.1 * MINUTE)
    expect(gone).toEqual(['first'])
    call('later')
    await vi.advanceTimersByTimeAsync(0)
    expect(gone).toEqual(['first', 'later'])
  })

  it.each(['silent', 'broken'] as const)('REPLICA-26 a %s store of pictures holds nothing up', async (store) => {
    const { levers, gone, call } = device()
    levers.store = store
    call('a call')
    await vi.advanceTimersByTimeAsync(MINUTE / 10)
    expect(gone).toEqual(['a call'])
  })
})
