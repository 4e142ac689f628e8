import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { ById } from './by-id.ts'

const step = fc.record({ without: fc.array(fc.nat(40), { maxLength: 30 }), added: fc.array(fc.nat(900), { maxLength: 90 }) })
const ids = Array.from({ length: 901 }, (_, at) => `c${at}`)

test.prop([fc.array(step, { maxLength: 10 })], { numRuns: 30 })(
  'BOARD-20 after any run of changes it reads as a plain map would, and no version changes',
  (steps) => {
    const rowOf = (at: number) => ({ id: `c${at}` })
    let plain = new Map([0, 1, 2, 3].map((at) => [`c${at}`, rowOf(at)]))
    let rows = ById.of([...plain.values()])
    for (const { without, added } of steps) {
      const before = { rows, plain }
      const coming = [...new Set(added)].map(rowOf)
      plain = new Map(plain)
      for (const at of without) plain.delete(`c${at}`)
      for (const row of coming) plain.set(row.id, row)
      rows = rows.changed(without.map(rowOf), coming)
      for (const version of [before, { rows, plain }]) {
        expect(version.rows.size).toBe(version.plain.size)
        expect(ids.every((id) => version.rows.get(id) === version.plain.get(id))).toBe(true)
      }
    }
  },
)
