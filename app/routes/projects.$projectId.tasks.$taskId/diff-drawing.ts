import type { Parser, Tree } from '@lezer/common'
import type { ChangeData, TokenNode } from 'react-diff-view'
import { runOf } from './diff-blocks.ts'
import { runsIn } from './diff-syntax.ts'
import { tokensOf } from './diff-tokens.ts'
import { marksOf, type Span } from './diff-words.ts'

export type DrawnLine = { key: string; type: ChangeData['type']; content: string }
/** The tokens of lines by their keys. A line that is to be plain is left out. */
export type TokensByKey = Record<string, TokenNode[]>

/** A longer line was made by a program for a program. */
const MOST_IN_LINE = 1_000
/** A longer text is left without looks: its grammar would keep the thread busy for seconds. */
const MOST_PARSED = 1_000_000

type Side = 'old' | 'new'
type Known = { line: DrawnLine; hunk: HunkDrawing }

/**
 * DIFF-5, DIFF-6: the lines of one file as tokens. A hunk is read as a whole, however it is cut into tables, so that a comment is one at its second line too;
 * but nothing of it before a line of it is asked for.
 */
export class FileDrawing {
  readonly #known = new Map<string, Known>()

  constructor(hunks: readonly (readonly DrawnLine[])[], parser: Parser | null) {
    for (const lines of hunks) {
      const hunk = new HunkDrawing(lines, parser)
      for (const line of lines) this.#known.set(line.key, { line, hunk })
    }
  }

  tokens(keys: readonly string[]): TokensByKey {
    const found: TokensByKey = {}
    for (const key of keys) {
      const known = this.#known.get(key)
      const tokens = known?.hunk.tokens(known.line)
      if (tokens) found[key] = tokens
    }
    return found
  }
}

class HunkDrawing {
  readonly #lines: readonly DrawnLine[]
  readonly #parser: Parser | null
  readonly #parsed = new Map<Side, Parsed | null>()
  #marks: Map<string, Span[]> | undefined

  constructor(lines: readonly DrawnLine[], parser: Parser | null) {
    this.#lines = lines
    this.#parser = parser
  }

  /** Undefined for a line that needs none. */
  tokens(line: DrawnLine): TokenNode[] | undefined {
    if (isLong(line)) return undefined
    this.#marks ??= marksIn(this.#lines)
    const side = line.type === 'delete' ? 'old' : 'new'
    if (!this.#parsed.has(side)) this.#parsed.set(side, parse(this.#lines, side, this.#parser))
    const parsed = this.#parsed.get(side)
    const start = parsed?.starts.get(line.key)
    const runs = parsed && start !== undefined ? runsIn(parsed.tree, start, start + line.content.length) : []
    const marks = this.#marks.get(line.key) ?? []
    return runs.length === 0 && marks.length === 0 ? undefined : tokensOf(line.content, runs, marks)
  }
}

/** What one side of a hunk says, and where in it each line begins. */
type Parsed = { tree: Tree; starts: ReadonlyMap<string, number> }

function parse(lines: readonly DrawnLine[], side: Side, parser: Parser | null): Parsed | null {
  if (!parser) return null
  const starts = new Map<string, number>()
  const texts: string[] = []
  let length = 0
  for (const line of lines) {
    if (line.type === (side === 'old' ? 'insert' : 'delete')) continue
    const text = isLong(line) ? '' : line.content
    starts.set(line.key, length)
    texts.push(text)
    length += text.length + 1
  }
  return length > MOST_PARSED ? null : { tree: parser.parse(texts.join('\n')), starts }
}

/** The marks of all blocks of a hunk: lines that were taken out, and those put in right after them. */
function marksIn(lines: readonly DrawnLine[]): Map<string, Span[]> {
  const found = new Map<string, Span[]>()
  for (let at = 0; at < lines.length; ) {
    const gone = runOf(lines, at, 'delete')
    const come = runOf(lines, at + gone.length, 'insert')
    const [before, after] = [gone, come].map((block) => block.filter((line) => !isLong(line)))
    if (before?.length && after?.length) {
      const marks = marksOf(
        before.map(({ content }) => content),
        after.map(({ content }) => content),
      )
      for (const [place, spans] of marks.gone) found.set(before[place]?.key ?? '', spans)
      for (const [place, spans] of marks.come) found.set(after[place]?.key ?? '', spans)
    }
    at += Math.max(1, gone.length + come.length)
  }
  return found
}

const isLong = ({ content }: DrawnLine): boolean => content.length > MOST_IN_LINE
