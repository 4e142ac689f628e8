import { describe, expect, it } from 'vitest'
import { newerThan, versionLines } from './version-tree.ts'

const version = (id: string, number: number, parentId: string | null, familyId = 'a') => ({
  id,
  familyId,
  parentId,
  version: number,
  createdAt: number,
})

describe('versionLines (R3)', () => {
  const all = [version('a', 1, null), version('b', 2, 'a'), version('c', 2, 'a'), version('d', 3, 'c'), version('x', 1, null, 'x')]
  it('newest first, branches marked, other chains left out', () => {
    expect(versionLines(all, 'a').map(({ prompt, isLeaf, isBranch }) => [prompt.id, isLeaf, isBranch])).toEqual([
      ['d', true, false],
      ['c', false, true],
      ['b', true, true],
      ['a', false, false],
    ])
  })
  it('knows what came after a version', () => {
    expect(newerThan(all, version('a', 1, null)).map(({ id }) => id)).toEqual(['b', 'c', 'd'])
    expect(newerThan(all, version('b', 2, 'a'))).toEqual([])
  })
  it('ends on a chain that bites its tail (a foreign client)', () => {
    expect(newerThan([version('a', 1, 'b'), version('b', 2, 'a')], version('z', 1, null, 'a'))).toEqual([])
  })
})
