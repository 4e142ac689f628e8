import { afterEach, expect, it, vi } from 'vitest'
import { makeLog } from '#server/log.ts'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import type { Entry } from './insert.ts'
import { Journal } from './journal.ts'
import { JournalWriter } from './writer.ts'

const COUNT = process.env.LONG_TESTS ? 1_000 : 100
const SEED = Number(process.env.SEED ?? 10)
const FULL_BYTES = 16 * 1024 * 1024
const MINUTE_MS = 60_000

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it(`S10 ${COUNT} times a database takes up to a minute for a batch, or fails again and again: one batch at a time, all of them in order, and beyond 16 MB nothing more is wanted`, {
  timeout: 120_000,
}, async () => {
  vi.useFakeTimers()
  let full = 0
  for (let at = 0; at < COUNT; at++) {
    const say = `SEED=${SEED + at}`
    const dice = seededDice(SEED + at)
    const upTo = (most: number): number => Math.floor(dice() * most)
    const stored: string[] = []
    let [seq, underWay, fails] = [0, 0, 0]
    vi.spyOn(JournalWriter.prototype, 'insert').mockImplementation(async (entries: readonly Entry[]) => {
      expect(++underWay, say).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, upTo(3) === 0 ? upTo(MINUTE_MS) : upTo(20)))
      underWay--
      if (fails > 0 && fails--) throw new Error('not now')
      for (const { author } of entries) stored.push(author)
      return entries.map(() => ++seq)
    })
    const journal = new Journal(
      { address: {}, explain: async () => ({ passing: true, sentence: 'It fails.', detail: 'not now' }) },
      makeLog('silent'),
      1,
    )
    const given: string[] = []
    const told: string[] = []
    let [waiting, asked, drained] = [0, 0, 0]
    for (let step = 0; step < 60; step++) {
      if (upTo(10) === 0) fails = upTo(6)
      if (journal.isFull) {
        asked++
        full++
        journal.whenDrained(() => drained++)
        await vi.advanceTimersByTimeAsync(upTo(MINUTE_MS))
        continue
      }
      const bytes = new Uint8Array(upTo(4) === 0 ? upTo(3_000_000) : upTo(200))
      const author = `${step}`
      given.push(author)
      waiting += bytes.length
      journal.add(
        { room: `r${step % 3}`, bytes, author },
        () => {
          told.push(author)
          expect(stored, say).toContain(author)
          waiting -= bytes.length
        },
        () => expect.unreachable(),
      )
      // What was told is let go of a moment later, all of a batch at once.
      if (waiting > FULL_BYTES) expect(journal.isFull, say).toBe(true)
      if (upTo(3) === 0) await vi.advanceTimersByTimeAsync(upTo(50))
    }
    for (let minutes = 0; told.length < given.length && minutes < 200; minutes++) await vi.advanceTimersByTimeAsync(MINUTE_MS)
    expect(stored, say).toEqual(given)
    expect(told, say).toEqual(given)
    expect([journal.isFull, drained], say).toEqual([false, asked])
    expect(journal.health.ok, say).toBe(true)
    vi.restoreAllMocks()
  }
  expect(full).toBeGreaterThan(0)
})
