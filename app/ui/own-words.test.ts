import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { OwnWords, type Written } from './own-words.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

/** A text with this person's editor at it, and everything that was told of what they typed. */
function writing(words: string) {
  const doc = new Y.Doc()
  const text = doc.getText()
  text.insert(0, words)
  const editor = { name: 'editor' }
  const undoManager = new Y.UndoManager(text, { trackedOrigins: new Set([editor]) })
  const source = { text, undoManager, awareness: new Awareness(doc) }
  const told: Written[] = []
  const own = OwnWords.of(source)
  own.tell = (written) => told.push(written)
  const put = (origin: unknown, at: number, come: string): void => doc.transact(() => text.insert(at, come), origin)
  const type = (come: string): void => put(editor, text.length, come)
  return { source, own, told, type, put, undoManager }
}

test('HISTORY-5 nothing is told while somebody types; after a pause it is, and what they add to it later is told as the same', () => {
  const { own, told, type, source } = writing('Pay')
  for (const letter of ' by card') {
    type(letter)
    vi.advanceTimersByTime(200)
  }
  expect(told).toEqual([])
  vi.advanceTimersByTime(5_000)
  expect(told).toEqual([{ since: 1_000_000, change: { before: 'Pay', after: 'Pay by card' } }])
  vi.advanceTimersByTime(500_000)
  expect(OwnWords.of(source), 'also where the editor was taken away and came back').toBe(own)
  type(' or cash')
  own.now()
  expect(told.slice(1)).toEqual([{ since: 1_000_000, change: { before: 'Pay', after: 'Pay by card or cash' } }])
  own.now()
  vi.advanceTimersByTime(60_000)
  expect(told, 'once').toHaveLength(2)
})

test('HISTORY-5 after ten minutes without a letter it is another change, and what nobody typed here is none', () => {
  const { own, told, type, put } = writing('Pay')
  type(' by card')
  vi.advanceTimersByTime(300_000)
  put('the leader', 0, 'You ')
  vi.advanceTimersByTime(301_000)
  type('.')
  own.now()
  expect(told.map(({ change }) => change)).toEqual([
    { before: 'Pay', after: 'Pay by card' },
    { before: 'You Pay by card', after: 'You Pay by card.' },
  ])
})

test('HISTORY-5 who types without a pause is told of every minute, and what is undone is taken back', () => {
  const { own, told, type, undoManager } = writing('Pay')
  for (let second = 0; second < 130; second++) {
    type('.')
    vi.advanceTimersByTime(1_000)
  }
  expect(told).toHaveLength(2)
  while (undoManager.canUndo()) undoManager.undo()
  own.now()
  expect(told.at(-1)).toEqual({ since: 1_000_000, change: null })
})
