import { storable } from './storable.ts'
import type { Run } from './text-runs.ts'

/** What somebody changed of a text, with a few words around it and “…” for the rest; both sides leave out the same. */
export type TextChange = { before: string; after: string }

/** So many letters around a change are kept. */
const AROUND = 40
/** And of one change about so many in all: histories stand in the documents that boards are made of. */
const MOST = 8_000
const LEFT_OUT = '…'

/** HISTORY-4: what is kept of it: the changes with a few words around each. Null where the text reads as it did. */
export function changeOf(runs: readonly Run[]): TextChange | null {
  const parts = netParts(runs)
  if (parts.every((part) => typeof part === 'string')) return null
  let [before, after, room] = ['', '', MOST]
  for (const [at, part] of parts.entries()) {
    if (typeof part === 'string') {
      const words = around(part, at > 0, at < parts.length - 1)
      before += words
      after += words
      room -= words.length
    } else if (room > 0) {
      before += shortened(part.removed, room)
      after += shortened(part.added, room)
      room -= part.removed.length + part.added.length
    } else {
      before += LEFT_OUT
      after += LEFT_OUT
      break
    }
  }
  return { before: storable(before), after: storable(after) }
}

/** HISTORY-4: the same of a text that is another at once. */
export const changeBetween = (before: string, after: string): TextChange | null =>
  changeOf([
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ])

/** What stayed, and between it what went and what came, without what went and came again. */
function netParts(runs: readonly Run[]): (string | { removed: string; added: string })[] {
  const parts: (string | { removed: string; added: string })[] = []
  let [removed, added] = ['', '']
  const stay = (text: string): void => {
    const last = parts.at(-1)
    if (text === '') return
    if (typeof last === 'string') parts[parts.length - 1] = last + text
    else parts.push(text)
  }
  const close = (): void => {
    const { start, end } = commonEnds(removed, added)
    stay(removed.slice(0, start))
    const change = { removed: removed.slice(start, removed.length - end), added: added.slice(start, added.length - end) }
    if (change.removed !== '' || change.added !== '') parts.push(change)
    stay(removed.slice(removed.length - end))
    ;[removed, added] = ['', '']
  }
  for (const { kind, text } of runs) {
    if (kind === 'removed') removed += text
    else if (kind === 'added') added += text
    else {
      close()
      stay(text)
    }
  }
  close()
  return parts
}

/** How many letters two texts have in common at their beginning, and then at their end. */
export function commonEnds(one: string, other: string): { start: number; end: number } {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start++
  if (start > 0 && HIGH_HALF.test(one[start - 1] ?? '')) start--
  let end = 0
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  if (end > 0 && LOW_HALF.test(one[one.length - end] ?? '')) end--
  return { start, end }
}

const HIGH_HALF = /[\ud800-\udbff]/
const LOW_HALF = /[\udc00-\udfff]/

/** What of a run that stayed is kept beside changes before it and after it: words, where there are any. */
function around(text: string, follows: boolean, precedes: boolean): string {
  const head = follows ? text.slice(0, AROUND) : ''
  const tail = precedes ? text.slice(-AROUND) : ''
  if (text.length <= head.length + tail.length + LEFT_OUT.length) return text
  const [upTo, from] = [head.replace(/(\s)\S+$/, '$1'), tail.replace(/^\S+(?=\s)/, '')]
  return `${whole(upTo)}${LEFT_OUT}${whole(from)}`
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${whole(text.slice(0, most))}${LEFT_OUT}`)

/** Without half of a letter at its ends. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '')
