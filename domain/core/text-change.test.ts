import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seededDice } from '#tests/simulations/seeded-world.ts'
import { changeBetween, changeOf } from './text-change.ts'
import { editRuns, type Run, unchanged } from './text-runs.ts'

/** A text one person follows their own part of, while somebody else writes in it too. */
function followed(words: string) {
  const text = new Y.Doc().getText()
  text.insert(0, words)
  let runs: Run[] = unchanged(words)
  text.observe(({ delta }, { origin }) => {
    runs = editRuns(runs, delta, origin === 'own')
  })
  const by = (who: string, at: number, gone: number, come: string): void =>
    text.doc?.transact(() => {
      text.delete(at, gone)
      text.insert(at, come)
    }, who)
  const side = (left: Run['kind']) => runs.map(({ kind, text: words }) => (kind === left ? '' : words)).join('')
  return { text, own: by.bind(null, 'own'), other: by.bind(null, 'other'), before: () => side('added'), after: () => side('removed'), change: () => changeOf(runs) } // biome-ignore format: one line
}

test('HISTORY-4 what one person changed is told apart from what another writes into it meanwhile', () => {
  const { own, other, change } = followed('The sum is shown.')
  own(4, 3, 'total')
  other(19, 0, ' With tax.')
  own(4, 0, 'whole ')
  other(0, 3, 'A')
  expect(change()).toEqual({ before: 'A sum is shown. With tax.', after: 'A whole total is shown. With tax.' })
})

test('HISTORY-4 what came and went, or went and came again, is no change', () => {
  const { own, other, change } = followed('The sum is shown.')
  own(8, 2, 'was')
  other(0, 0, '> ')
  own(10, 3, 'is')
  expect(change()).toBeNull()
  expect(changeBetween('as it was', 'as it was')).toBeNull()
})

test('HISTORY-4 whatever two people do, both sides are the text without and with one’s own part', () => {
  const dice = seededDice(7)
  for (let trial = 0; trial < 200; trial++) {
    const { text, own, other, before, after } = followed('abcdefghij')
    for (let step = 0; step < 12; step++) {
      const at = Math.floor(dice() * (text.length + 1))
      const gone = Math.floor(dice() * Math.min(4, text.length - at + 1))
      const [edit, word] = dice() < 0.5 ? [own, 'OW'] : [other, 'xy']
      edit(at, gone, word.slice(0, Math.floor(dice() * 3)))
      expect(after()).toBe(text.toString())
    }
    expect(before(), 'nothing of one’s own is in what was there without it').not.toMatch(/[OW]/)
  }
})

test('HISTORY-4 a few words around each change are kept, the rest of a long text is left out on both sides', () => {
  const long = 'word '.repeat(400)
  const { before, after } = changeBetween(`${long}one ${long}`, `${long}two ${long}`) ?? {}
  expect(before).toMatch(/^…( word)+ one( word)+ …$/)
  expect(after).toBe(before?.replace('one', 'two'))
  expect(before?.length).toBeLessThan(100)
  const added = changeBetween('', 'letters '.repeat(5_000))
  expect(added?.before).toBe('')
  expect(added?.after).toHaveLength(8_001)
  const everywhere = Array.from({ length: 999 }, (): Run[] => [{ kind: 'same', text: long }, { kind: 'added', text: 'new ' }]) // biome-ignore format: one line
  const cut = changeOf(everywhere.flat())
  expect([cut?.before.length, cut?.after.at(-1), cut?.before.includes('new')]).toEqual([expect.closeTo(8_000, -3), '…', false])
})

test('HISTORY-4 no letter is cut in two where a change, or what is kept around it, begins', () => {
  const change = changeBetween(`zz🚀${'a'.repeat(39)}😀`, `zz🚀${'a'.repeat(39)}😃`)
  expect(change).toEqual({ before: `…${'a'.repeat(39)}😀`, after: `…${'a'.repeat(39)}😃` })
})
