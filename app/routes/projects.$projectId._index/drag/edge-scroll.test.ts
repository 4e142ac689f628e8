import { expect, test } from 'vitest'
import { edgeSpeed } from './edge-scroll.ts'

test('BOARD-13 a list rests in its middle and moves towards the end a card is held near', () => {
  expect(edgeSpeed(300, 0, 600)).toBe(0)
  expect(edgeSpeed(10, 0, 600)).toBeLessThan(0)
  expect(edgeSpeed(590, 0, 600)).toBeGreaterThan(0)
})

test('BOARD-13 nearer is faster, up to a limit', () => {
  expect(edgeSpeed(595, 0, 600)).toBeGreaterThan(edgeSpeed(570, 0, 600))
  expect(edgeSpeed(9_999, 0, 600)).toBe(edgeSpeed(600, 0, 600))
  expect(edgeSpeed(0, 0, 0)).toBe(0)
})
