import type { Undone, UndoneWhat } from '#app/replica/shown.ts'
import { COLLECTION_WORDS, FIELD_WORDS } from '#app/work/field-words.ts'

export type Said = { kind: 'done' | 'refused'; sentence: string }

/** What a press of undo or redo came to, in one sentence. */
export function sayUndo(undone: Undone, pressed: 'undo' | 'redo'): Said {
  const done = pressed === 'undo' ? 'Undone' : 'Done again'
  switch (undone.kind) {
    case 'taken':
      return {
        kind: 'done',
        sentence: `${done}: ${sayStep(undone.what, pressed)}.${undone.stayed > 0 ? ' What others changed since stays as it is.' : ''}`,
      }
    case 'stays':
      return { kind: 'refused', sentence: `Somebody else has changed ${sayRow(undone.what)} since, so it stays as it is.` }
    case 'refused':
      return { kind: 'refused', sentence: undone.sentence }
    case 'said':
      return { kind: 'refused', sentence: 'What was said in a conversation cannot be undone: others may have read it.' }
    case 'nothing':
      return {
        kind: 'refused',
        sentence:
          pressed === 'undo'
            ? 'There is nothing to undo: you changed nothing since this page was loaded.'
            : 'There is nothing to do again.',
      }
  }
}

/** The step in words. A redo takes back an undo, so what it takes back is named the other way round. */
function sayStep(what: UndoneWhat, pressed: 'undo' | 'redo'): string {
  const { change, count } = what
  const row = count > 1 ? `${count} ${wordsOf(what).many}` : sayRow(what)
  if (change.kind === 'changed') return sayFields(Object.keys(change.fields), row)
  return (change.kind === 'created') === (pressed === 'undo') ? `adding ${row}` : `deleting ${row}`
}

function sayFields(fields: readonly string[], row: string): string {
  if (fields.includes('columnId') || fields.includes('order')) return `moving ${row}`
  const [only] = fields
  const word = fields.length === 1 && only !== undefined ? FIELD_WORDS[only] : undefined
  return `${word ? `the ${word}` : 'changes'} of ${row}`
}

/** `“Pay by card”`, or what kind of thing it is where it has no name. */
const sayRow = (what: UndoneWhat): string => (what.label ? `“${shorten(what.label)}”` : wordsOf(what).one)

const wordsOf = ({ change }: UndoneWhat) => COLLECTION_WORDS[change.collection.name] ?? { one: 'it', many: 'things' }
const shorten = (label: string): string => (label.length > 60 ? `${label.slice(0, 59)}…` : label)
