import { describe, expect, it } from 'vitest'
import { columnGapAt } from './column-gap.ts'

const lanes = ['a', 'b', 'c'].map((id, at) => ({ id, left: at * 100, right: at * 100 + 90 }))

describe('BOARD-29 the place of a column in hand', () => {
  it('is the nearest one between two columns, or an end', () => {
    expect(columnGapAt(10, lanes, 'c')).toEqual({ beforeId: 'a', lineAt: 0 })
    expect(columnGapAt(60, lanes, 'c')).toEqual({ beforeId: 'b', lineAt: 95 })
    expect(columnGapAt(260, lanes, 'a')).toEqual({ beforeId: null, lineAt: 290 })
    expect(columnGapAt(999, lanes, 'a')).toEqual({ beforeId: null, lineAt: 290 })
  })

  it('is none where it stands already, on either side of it', () => {
    for (const x of [50, 100, 190, 240]) expect(columnGapAt(x, lanes, 'b')).toBeNull()
  })
})
