import { expect, test } from 'vitest'
import type { NamedCard } from '#domain/tasks/dependencies.ts'
import { cardsLike } from './cards-like.ts'

const card = (id: string, shortId: string, title: string, status: NamedCard['status'] = 'todo'): NamedCard => ({
  id,
  shortId,
  title,
  status,
})

test('PICK-1 cards are found by short id or words of their title, those still to be done first, never the card itself', () => {
  const cards = [card('4', 'SHOP-1', 'Pay by card', 'done'), card('2', 'SHOP-12', 'Pay later'), card('3', 'SHOP-3', 'Print')]
  const ids = (typed: string, ...without: string[]) => cardsLike(cards, typed, without).map(({ id }) => id)
  expect(ids('')).toEqual(['3', '2', '4'])
  expect(ids('shop-1')).toEqual(['2', '4'])
  expect(ids('PAY card')).toEqual(['4'])
  expect(ids('pay', '2')).toEqual(['4'])
  expect(
    cardsLike(
      Array.from({ length: 80 }, (_, at) => card(`${at}`, '', 'Pay')),
      'pay',
      [],
    ),
  ).toHaveLength(50)
})
