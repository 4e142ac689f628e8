import { diffArrays } from 'diff'
import type { ChangeData, HunkData } from 'react-diff-view'
import { runOf } from './diff-blocks.ts'
import { countsOf, type DiffFile } from './diff-hunks.ts'
import type { Pair } from './diff-pairs.ts'

/** A line that stands on both sides; `was` is how it read on the old one, where the patch has it as changed. */
type SameLine = Extract<ChangeData, { type: 'normal' }> & { was?: string }

/** How a line read on the old side whose change was only white space; undefined for every other. */
export const wasOf = (change: ChangeData): string | undefined => (change.type === 'normal' ? (change as SameLine).was : undefined)

/** Whether nothing else changed in a hunk: git has none in which nothing did. */
export const isOnlyWhitespace = ({ changes }: HunkData): boolean => changes.every(({ type }) => type === 'normal')

/** How many lines of a file changed, be it only in their white space. */
export const touchedIn = ({ hunks }: DiffFile): number =>
  hunks.reduce((sum, { changes }) => sum + changes.filter((change) => change.type !== 'normal' || wasOf(change) !== undefined).length, 0)

/** Beyond so many changed lines a hunk is compared block by block, which may leave a change that is none. */
const MOST_EDITS = 400

const known = new WeakMap<DiffFile, DiffFile>()

/** DIFF-7: a file without the changes that are only white space, as `git diff -w`: hunk by hunk, so that each keeps its place in the list. */
export function fileWithoutWhitespace(file: DiffFile): DiffFile {
  const found = known.get(file)
  if (found) return found
  const hunks = file.hunks.map(hunkWithoutWhitespace)
  const made = hunks.every((hunk, at) => hunk === file.hunks[at]) ? file : { ...file, hunks, ...countsOf(hunks) }
  known.set(file, made)
  return made
}

/**
 * DIFF-7: a hunk in which lines that differ only by white space stand on both sides, with the new text. Where that leaves no fewer changes it is the very hunk
 * that was given: a change that is one stays as git drew it.
 */
export function hunkWithoutWhitespace(hunk: HunkData): HunkData {
  if (!mayHaveSame(hunk.changes)) return hunk
  const old = hunk.changes.filter(({ type }) => type !== 'insert')
  const now = hunk.changes.filter(({ type }) => type !== 'delete')
  const [before, after] = [old.map(ink), now.map(ink)]
  const pairs = longestCommon(before, after) ?? inBlocks(hunk.changes)
  if (pairs.length === old.length + now.length - hunk.changes.length) return hunk
  const changes: ChangeData[] = []
  let [gone, come] = [0, 0]
  for (const [i, j] of [...pairs, [old.length, now.length] as const]) {
    while (gone < i) changes.push(takenOut(old[gone++] as ChangeData))
    while (come < j) changes.push(putIn(now[come++] as ChangeData))
    const [one, other] = [old[gone++], now[come++]]
    if (one && other) changes.push(onBothSides(one, other))
  }
  return { ...hunk, changes }
}

/** What of a line is no white space, in git's sense of it. */
const ink = ({ content }: ChangeData): string => content.replace(/[ \t\r]+/g, '')

/** Whether any line that was taken out was put in again: without one there is nothing to gain. */
function mayHaveSame(changes: readonly ChangeData[]): boolean {
  const gone = new Set(changes.filter(({ type }) => type === 'delete').map(ink))
  return gone.size > 0 && changes.some((change) => change.type === 'insert' && gone.has(ink(change)))
}

/** The places of as many equal lines as there can be, from top to bottom; undefined where finding them would take too long. */
function longestCommon(before: readonly string[], after: readonly string[]): Pair<number>[] | undefined {
  // A line that the other side has nowhere cannot be paired, and would only make the search long.
  const [i, j] = [placesIn(before, new Set(after)), placesIn(after, new Set(before))]
  const parts = diffArrays(
    i.map((place) => before[place]),
    j.map((place) => after[place]),
    { maxEditLength: MOST_EDITS },
  )
  if (!parts) return undefined
  const pairs: Pair<number>[] = []
  let [gone, come] = [0, 0]
  for (const { added, removed, value } of parts) {
    if (removed) gone += value.length
    else if (added) come += value.length
    else for (const _ of value) pairs.push([i[gone++] as number, j[come++] as number])
  }
  return pairs
}

const placesIn = (lines: readonly string[], known: ReadonlySet<string>): number[] =>
  lines.flatMap((line, at) => (known.has(line) ? [at] : []))

/** What is the same at the beginning and at the end of each block of changes, and the lines between the blocks. */
function inBlocks(changes: readonly ChangeData[]): Pair<number>[] {
  const pairs: Pair<number>[] = []
  let [old, now] = [0, 0]
  for (let at = 0; at < changes.length; ) {
    const gone = runOf(changes, at, 'delete').map(ink)
    const come = runOf(changes, at + gone.length, 'insert').map(ink)
    const most = Math.min(gone.length, come.length)
    let top = 0
    while (top < most && gone[top] === come[top]) top++
    let end = 0
    while (top + end < most && gone.at(-1 - end) === come.at(-1 - end)) end++
    for (let place = 0; place < top; place++) pairs.push([old + place, now + place])
    for (let place = end; place > 0; place--) pairs.push([old + gone.length - place, now + come.length - place])
    old += gone.length
    now += come.length
    at += gone.length + come.length
    if (changes[at]?.type !== 'normal') continue
    pairs.push([old++, now++])
    at++
  }
  return pairs
}

const oldLine = (change: ChangeData): number => (change.type === 'normal' ? change.oldLineNumber : change.lineNumber)
const newLine = (change: ChangeData): number => (change.type === 'normal' ? change.newLineNumber : change.lineNumber)

const takenOut = (line: ChangeData): ChangeData =>
  line.type === 'delete' ? line : { type: 'delete', isDelete: true, lineNumber: oldLine(line), content: line.content }

const putIn = (line: ChangeData): ChangeData =>
  line.type === 'insert' ? line : { type: 'insert', isInsert: true, lineNumber: newLine(line), content: line.content }

function onBothSides(one: ChangeData, other: ChangeData): ChangeData {
  if (one === other) return one
  const line: SameLine = {
    type: 'normal',
    isNormal: true,
    oldLineNumber: oldLine(one),
    newLineNumber: newLine(other),
    content: other.content,
    was: one.content,
  }
  return line
}
