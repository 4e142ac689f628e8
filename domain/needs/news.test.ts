import { describe, expect, test } from 'vitest'
import { decideWay, keyOf, newsIn, untold } from './news.ts'
import type { Need } from './rules.ts'

const OPENED = 1_000_000
const need = (given: Partial<Need>) => ({ id: 'a', commentId: null, since: OPENED + 1, isUnseen: true, ...given }) as Need

describe('newsIn', () => {
  test('NEED-8 what came since the page was opened and is new to its person, once', () => {
    const known = new Set<string>()
    const first = need({})
    expect(newsIn([first], known, OPENED)).toEqual([first])
    known.add(keyOf(first))
    expect(newsIn([first], known, OPENED)).toEqual([])
    expect(newsIn([need({ since: OPENED + 2 })], known, OPENED), 'the same card fails again').toHaveLength(1)
  })

  test('NEED-8 not what has been read, nor what a device that was away catches up with', () => {
    expect(newsIn([need({ isUnseen: false }), need({ since: OPENED - 600_000 })], new Set(), OPENED)).toEqual([])
    expect(newsIn([need({ since: OPENED - 60_000 })], new Set(), OPENED), 'the server’s clock is behind').toHaveLength(1)
  })

  test('NEED-12 a mention whenever it was written: on a train an hour before the page was opened, too', () => {
    const mention = need({ commentId: 'c', since: OPENED - 3_600_000 })
    expect(newsIn([mention], new Set(), OPENED)).toEqual([mention])
    expect(newsIn([mention], new Set([keyOf(mention)]), OPENED)).toEqual([])
    expect(newsIn([need({ commentId: 'd', since: mention.since })], new Set([keyOf(mention)]), OPENED), 'another comment').toHaveLength(1)
  })
})

test('NEED-9 the page in sight says it, one behind only where none is, and nobody tells what is being looked at', () => {
  const behind = { isInSight: false, pathsInSight: [], mayNotify: true }
  expect(decideWay({ isInSight: true, pathsInSight: ['/board'], mayNotify: true }, '/card')).toBe('toast')
  expect(decideWay({ isInSight: true, pathsInSight: ['/board', '/card'], mayNotify: true }, '/card')).toBe('shown')
  expect(decideWay({ isInSight: true, pathsInSight: ['/needs-me'], mayNotify: true }, '/card'), 'it appears in the list').toBe('shown')
  expect(decideWay({ ...behind, pathsInSight: ['/board'] }, '/card')).toBeNull()
  expect(decideWay(behind, '/card')).toBe('notification')
  expect(decideWay({ ...behind, mayNotify: false }, '/card')).toBeNull()
})

test('NEED-10 what one page has told no other page of the browser tells', () => {
  const one = untold([], ['a@1', 'b@1'])
  expect(one.fresh).toEqual(['a@1', 'b@1'])
  expect(untold(one.told, ['b@1', 'a@2'])).toEqual({ fresh: ['a@2'], told: ['a@1', 'b@1', 'a@2'] })
  expect(untold(one.told, ['a@1']), 'what is asked about is remembered longest').toEqual({ fresh: [], told: ['b@1', 'a@1'] })
  expect(
    untold(
      Array.from({ length: 250 }, (_, at) => `x@${at}`),
      ['y@1'],
    ).told,
  ).toHaveLength(200)
})
