import { expect, test } from 'vitest'
import type { TaskStatus } from '#domain/tasks/schema.ts'
import { blockersElsewhere, standingOf } from './standing.ts'

const card = (id: string, status: TaskStatus, dependsOn: string[] = [], promptId: string | null = null) => ({
  id,
  shortId: `APP-${id}`,
  title: `Card ${id}`,
  status,
  dependsOn,
  promptId,
})
const board = (...rows: ReturnType<typeof card>[]) => ({ rows, byId: new Map(rows.map((row) => [row.id, row])) })
const standing = (cards: ReturnType<typeof board>, id: string, changed: string[] = []) =>
  standingOf(cards.byId.get(id), (other) => cards.byId.get(other), new Set(changed))

test('BOARD-28 a card says by which open cards it is blocked; one that is done, or that is gone, blocks nothing', () => {
  const cards = board(card('1', 'review'), card('2', 'done'), card('3', 'cancelled'), card('4', 'todo', ['1', '2', '3', 'gone']))
  expect(standing(cards, '4').blocked).toBe('Blocked by APP-1 “Card 1”, APP-3 “Card 3”')
  expect(standing(cards, '1').blocked).toBe('')
  expect(standing(board(card('1', 'todo'), card('4', 'done', ['1'])), '4').blocked, 'what is over waits for nothing').toBe('')
})

test('BOARD-28 of many that block it three are named', () => {
  const many = ['1', '2', '3', '4', '5'].map((id) => card(id, 'todo'))
  expect(standing(board(...many, card('x', 'todo', ['1', '2', '3', '4', '5'])), 'x').blocked).toMatch(/APP-3 “Card 3” and 2 more$/)
})

test('BOARD-28 a card says that what its own prompt version was made of has changed', () => {
  const cards = board(card('1', 'todo', [], 'p1'), card('2', 'todo', [], 'p2'), card('3', 'todo'))
  expect(['1', '2', '3'].map((id) => standing(cards, id, ['p2']).isSourceChanged)).toEqual([false, true, false])
})

test('BOARD-28 cards that open ones wait for and the board does not show are asked for, each once', () => {
  const cards = board(card('1', 'todo', ['away', '2']), card('2', 'todo', ['away']), card('3', 'done', ['old']))
  expect(blockersElsewhere(cards)).toEqual(['away'])
})
