import { expect, test } from 'vitest'
import { EVERYTHING } from './card-filter.ts'
import { readLook, writeLook } from './look.ts'

test('FILTER-3 the look of a board stands in its address and is read back; the plain board adds nothing', () => {
  const look = { filter: { ...EVERYTHING, label: ['x'] }, isList: true, sort: 'due' } as const
  expect(writeLook(look)).toBe('label=x&as=list&sort=due')
  expect(readLook(writeLook(look))).toEqual(look)
  expect(writeLook({ filter: EVERYTHING, isList: false, sort: 'due' })).toBe('')
  expect(readLook('as=tree&sort=mood')).toEqual({ filter: EVERYTHING, isList: false, sort: 'order' })
})
