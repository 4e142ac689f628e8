import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BoardMoves } from '../board-context.ts'
import { lineOfPlace, linesOf } from '../list/lines.ts'
import { type BoardList, Lists } from '../lists.ts'
import { Selection } from '../selection/selection.ts'
import type { Card } from '../use-board.ts'
import { Hand } from './hand.ts'
import { pickUp } from './key-drag.ts'

const ROWS = { height: 36, pitch: 36, padding: 0 }
const columns = ['todo', 'empty', 'done'].map((id) => ({ id, name: id, wipLimit: null }))
const cardOf = (id: string, columnId: string) => ({ id, columnId, shortId: `APP-${id}`, priority: 'none', dueAt: null }) as unknown as Card
const shown = new Map([
  ['todo', ['a', 'b'].map((id) => cardOf(id, 'todo'))],
  ['done', ['c'].map((id) => cardOf(id, 'done'))],
])

let keys: EventTarget
beforeEach(() => {
  keys = new EventTarget()
  vi.stubGlobal('window', keys)
})
afterEach(() => vi.unstubAllGlobals())

/** The list of three columns, of which one is empty, and what is done in it. */
function listOf(isSorted: boolean) {
  const { lines, cards } = linesOf(columns, shown, 'order', () => 0)
  const revealed: number[] = []
  const list = {
    ...{ columnId: 'list', name: 'the list', rows: ROWS, cards: () => cards },
    columns: () => (isSorted ? [] : [...shown].map(([columnId, cards]) => ({ columnId, name: columnId, cards }))),
    lineAt: (columnId: string, place: number, heldId: string) => (lineOfPlace(lines, { columnId, place }, heldId) ?? 0) * ROWS.pitch,
    reveal: (top: number) => revealed.push(top + ROWS.height / 2),
  } as unknown as BoardList
  const lists = new Lists()
  lists.enter(list)
  const drop = vi.fn(async () => true)
  const moves = { canWrite: true, hand: new Hand(), lists, selection: new Selection(), drop } as unknown as BoardMoves
  const press = (...pressed: string[]) => {
    for (const key of pressed) keys.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key }))
    return moves.hand.spoken
  }
  return { moves, drop, press, revealed }
}
const [, b] = shown.get('todo') as [Card, Card]

test('LIST-3 in the list the keys lead a card from place to place, past the end of a column into the next one', () => {
  const { moves, press, revealed } = listOf(false)
  pickUp(b, moves)
  expect(moves.hand.spoken).toMatch(/^APP-b picked up, place 2 of 2 in todo\./)
  expect(press('ArrowDown')).toBe('Place 1 of 2 in done.')
  expect(press('ArrowDown')).toBe('Place 2 of 2 in done.')
  expect(press('ArrowDown')).toBe('Place 2 of 2 in done.')
  expect(press('Home')).toBe('Place 1 of 2 in done.')
  expect(press('ArrowUp')).toBe('Place 2 of 2 in todo.')
  expect(press('ArrowUp', 'ArrowUp')).toBe('Place 1 of 2 in todo.')
  expect(press('ArrowRight')).toBe('Place 1 of 2 in done.')
  expect(press('ArrowRight')).toBe('Place 1 of 2 in done.')
  expect(press('ArrowLeft')).toBe('Place 1 of 2 in todo.')
  expect(revealed.slice(0, 2), 'under the head of done, and under its card').toEqual([4, 5].map((line) => line * ROWS.pitch))
})

test('LIST-3 a card is dropped at the place the keys led it to, or put back', async () => {
  const { moves, drop, press } = listOf(false)
  pickUp(b, moves)
  expect(press('ArrowDown', 'Escape')).toBe('APP-b put back.')
  pickUp(b, moves)
  expect(press('ArrowUp', 'ArrowDown', ' ')).toBe('APP-b put back.')
  expect(drop).not.toHaveBeenCalled()
  pickUp(b, moves)
  press('ArrowDown', 'ArrowDown', ' ')
  await vi.waitFor(() => expect(moves.hand.spoken).toBe('APP-b dropped, place 2 of 2 in done.'))
  expect(drop.mock.calls).toEqual([[['b'], 'done', { id: 'c', side: 'after' }, true]])
  expect(moves.hand.cardId).toBeNull()
})

test('LIST-3 where the list is sorted by something else no card is picked up', () => {
  const { moves } = listOf(true)
  pickUp(b, moves)
  expect(moves.hand.cardId).toBeNull()
})
