import { describe, expect, it } from 'vitest'
import { cardsFrom, editProposal, mayDependOn, removeProposal, withoutRejected } from './edit-proposals.ts'

const task = (title: string, dependsOn: number[] = []) => ({ title, description: '', size: 'M' as const, checklist: ['works'], dependsOn })
const three = [task('one'), task('two', [0]), task('three', [0, 1])]

describe('proposed cards (R15)', () => {
  it('removing one keeps the others pointing at the right card', () => {
    expect(removeProposal(three, 0).map(({ title, dependsOn }) => [title, dependsOn])).toEqual([
      ['two', []],
      ['three', [0]],
    ])
  })
  it('what was rejected before is left out, and the others point at the right card (B26)', () => {
    const { proposals, left } = withoutRejected(three, [{ title: 'ONE.' }, { title: 'never proposed' }])
    expect([left, proposals.map(({ title, dependsOn }) => [title, dependsOn])]).toEqual([
      1,
      [
        ['two', []],
        ['three', [0]],
      ],
    ])
    expect(withoutRejected(three, [])).toEqual({ proposals: three, left: 0 })
  })
  it('editing touches one', () => {
    expect(editProposal(three, 1, { size: 'L' }).map(({ size }) => size)).toEqual(['M', 'L', 'M'])
  })
  it('no card can be made to wait for itself', () => {
    expect(mayDependOn(three, 0)).toEqual([])
    expect(mayDependOn(three, 1)).toEqual([0])
    expect(mayDependOn(three, 2)).toEqual([0, 1])
  })
  it('become cards with ids for positions', () => {
    let next = 0
    const cards = cardsFrom(three, 'p1', [{ text: 'Works', sources: ['m1'] }], () => `id${next++}`)
    expect(cards.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['id0', []],
      ['id1', ['id0']],
      ['id2', ['id0', 'id1']],
    ])
    expect(cards[0]).toMatchObject({ promptId: 'p1', checklist: [{ text: 'works', done: false, sources: ['m1'] }] })
    expect(cardsFrom(three, 'p1', [], () => 'id')[0]?.checklist).toEqual([{ id: 'id', text: 'works', done: false }])
    expect(new Set(cards.flatMap(({ id, checklist }) => [id, ...checklist.map((item) => item.id)])).size).toBe(6)
  })
})
