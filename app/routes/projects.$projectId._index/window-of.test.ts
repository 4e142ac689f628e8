import { fc, test } from '@fast-check/vitest'
import { expect, test as plain } from 'vitest'
import { CARD_HEIGHT, heightOf, PITCH, rangeInSight, scrollFor, spotsOf, topAt } from './window-of.ts'

test.prop([fc.nat(2_000_000), fc.integer({ min: 100, max: 2000 }), fc.nat(20_000)])(
  'BOARD-7 every card in sight is drawn, and never more than a few screens',
  (scrollTop, height, count) => {
    const { start, end } = rangeInSight(scrollTop, height, count)
    for (let at = 0; at < count; at += 7) {
      const isInSight = topAt(at) < scrollTop + height && topAt(at) + PITCH > scrollTop
      if (isInSight) expect(at >= start && at < end).toBe(true)
    }
    expect(end - start).toBeLessThan(height / PITCH + 13)
  },
)

plain('BOARD-7 a scroll of some pixels keeps the range: past twenty cards it changes at each end at every second one', () => {
  const ranges = new Set(Array.from({ length: PITCH * 2 }, (_, at) => JSON.stringify(rangeInSight(5000 + at * 10, 800, 2000))))
  expect(ranges.size).toBeLessThanOrEqual(21)
})

plain('BOARD-8 a held card is drawn wherever it stands, in order and once', () => {
  const cards = Array.from({ length: 100 }, (_, at) => ({ id: `c${at}` }))
  const drawn = (held: string[]) => spotsOf(cards, { start: 40, end: 44 }, held).map(({ at }) => at)
  expect(drawn([])).toEqual([40, 41, 42, 43])
  expect(drawn(['c90', 'c3', 'c41', 'gone'])).toEqual([3, 40, 41, 42, 43, 90])
})

plain('BOARD-8 a range beyond the end draws what there is', () => {
  expect(spotsOf([{ id: 'a' }], { start: 0, end: 20 }, [])).toHaveLength(1)
  expect(heightOf(0)).toBe(0)
  expect(heightOf(2)).toBe(topAt(1) + 96 + 8)
})

plain('BOARD-18 a list scrolls just far enough to show a card, and not at all when it is in sight', () => {
  expect(scrollFor(topAt(3), CARD_HEIGHT, 100, 600)).toBe(100)
  expect(scrollFor(topAt(0), CARD_HEIGHT, 100, 600)).toBe(0)
  expect(scrollFor(topAt(20), CARD_HEIGHT, 100, 600)).toBe(topAt(20) + CARD_HEIGHT + 8 - 600)
})
