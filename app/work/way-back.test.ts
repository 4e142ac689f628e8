import { expect, test } from 'vitest'
import { comingFrom, wayBack } from './way-back.ts'

test('SHELL-4 a card leads back to where its link stood, also past another card; without one to its board', () => {
  const needs = { to: '/needs-me', name: 'Needs me' }
  const first = wayBack(comingFrom(needs.to, needs.name), 'shop')
  expect(first).toMatchObject(needs)
  expect(wayBack(first.state, 'shop')).toMatchObject(needs)
  for (const other of [null, {}, { from: '/needs-me' }, 'x']) expect(wayBack(other, 'shop').to).toBe('/projects/shop')
})
