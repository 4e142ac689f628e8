import { describe, expect, it } from 'vitest'
import { isDueForMerging, type LogSize } from './merging.ts'

const MB = 1024 * 1024

/** How many bytes are merged for each edit of this size, typed into a room without ever a quiet moment (or with one after each). */
function mergedAnEdit(roomBytes: number, editBytes: number, isQuiet: boolean): number {
  const log: LogSize = { baseBytes: roomBytes, tailLength: 0, tailBytes: 0 }
  let merged = 0
  const edits = 50_000
  for (let edit = 0; edit < edits; edit++) {
    log.tailLength++
    log.tailBytes += editBytes
    if (!isDueForMerging(log, isQuiet ? 'quiet' : 'busy')) continue
    merged += log.baseBytes + log.tailBytes
    Object.assign(log, { tailLength: 0, tailBytes: 0 })
  }
  return merged / edits
}

describe('when a room is merged', () => {
  it('MERGE-1 merging costs an edit no more in a large room than in a small one', () => {
    for (const isQuiet of [true, false]) {
      for (const editBytes of [100, 2_000]) {
        const most = Math.max(8_192, editBytes * 4) + editBytes
        for (const room of [0, MB, 8 * MB, 80 * MB]) expect(mergedAnEdit(room, editBytes, isQuiet)).toBeLessThanOrEqual(most * 1.01)
      }
    }
  })

  it('MERGE-2 a busy room waits, but is merged before its tail is as large as itself', () => {
    const busy = (tailLength: number, tailBytes: number): boolean => isDueForMerging({ baseBytes: 8 * MB, tailLength, tailBytes }, 'busy')
    expect(isDueForMerging({ baseBytes: 8 * MB, tailLength: 1_100, tailBytes: 0.1 * MB }, 'quiet')).toBe(true)
    expect(busy(1_100, 0.1 * MB)).toBe(false)
    expect(busy(4_096, 0.4 * MB)).toBe(true)
    expect(busy(10, 8 * MB)).toBe(true)
  })

  it('MERGE-3 a small room is left alone until merging is worth it', () => {
    expect(isDueForMerging({ baseBytes: 0, tailLength: 499, tailBytes: 50_000 }, 'quiet')).toBe(false)
    expect(isDueForMerging({ baseBytes: 0, tailLength: 500, tailBytes: 50_000 }, 'quiet')).toBe(true)
    expect(isDueForMerging({ baseBytes: 0, tailLength: 3, tailBytes: 300_000 }, 'quiet')).toBe(true)
  })

  it('MERGE-4 a room that all have left is merged sooner: whoever comes next waits for each update that is not', () => {
    const left = (baseBytes: number, tailLength: number): boolean =>
      isDueForMerging({ baseBytes, tailLength, tailBytes: 100 * tailLength }, 'left')
    expect([left(0, 99), left(0, 100)]).toEqual([false, true])
    expect([left(8 * MB, 200), left(8 * MB, 210)]).toEqual([false, true])
  })
})
