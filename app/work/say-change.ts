import type { PastChange } from '#domain/core/history.ts'
import { FIELD_WORDS } from './field-words.ts'
import { type Names, sayItem, sayValue } from './say-lost.ts'

/** TIMELINE-2: what somebody changed, after the name: `changed the title from “Pay” to “Pay by card”`; several fields one after the other. */
export function sayChange({ fields }: Pick<PastChange, 'fields'>, names: Names): string {
  // A card that goes to another column takes that one's status.
  const told = Object.entries(fields).filter(([field]) => !(field === 'status' && 'columnId' in fields))
  return told
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, { before, after }]) => sayOne(field, before, after, names))
    .join(', ')
}

function sayOne(field: string, before: unknown, after: unknown, names: Names): string {
  if (field === 'archived') return after ? 'put the card into the archive' : 'took the card out of the archive'
  if (field === 'shortId') return `gave the card the number ${after}: another one had ${before} as well`
  const word = FIELD_WORDS[field] ?? field
  // Its words are shown beside each other, not said.
  if (field === 'description') return `changed the ${word}`
  // This is the id of what people know by its name elsewhere.
  if (field === 'parentAttemptId') return after === null ? `took away the ${word}` : `chose another ${word}`
  if (field === 'promptId' && before === null) return `chose the prompt ${sayValue(field, after, names)}`
  if (field === 'promptId' && after === null) return `took away the prompt ${sayValue(field, before, names)}`
  if (Array.isArray(before) && Array.isArray(after)) return sayList(field, word, before, after, names)
  const verb = field === 'columnId' ? 'moved the card' : `changed the ${word}`
  return `${verb} from ${sayValue(field, before, names)} to ${sayValue(field, after, names)}`
}

function sayList(field: string, word: string, gone: readonly unknown[], come: readonly unknown[], { card }: Names): string {
  const list = (items: readonly unknown[]): string =>
    items.map((item) => (field === 'dependsOn' ? card(String(item)) : sayItem(item))).join(', ')
  if (gone.length > 0 && come.length > 0) return `changed the ${word} from ${list(gone)} to ${list(come)}`
  if (come.length > 0) return `added ${list(come)} to the ${word}`
  return gone.length > 0 ? `took ${list(gone)} off the ${word}` : `put the ${word} in another order`
}
