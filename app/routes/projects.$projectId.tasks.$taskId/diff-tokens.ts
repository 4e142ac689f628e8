import type { TokenNode } from 'react-diff-view'
import type { Run } from './diff-syntax.ts'
import type { Span } from './diff-words.ts'

/** A line as react-diff-view draws it: its text, put together, is the line, whatever looks and marks it has. */
export function tokensOf(text: string, runs: readonly Run[], marks: readonly Span[]): TokenNode[] {
  const tokens: TokenNode[] = []
  let at = 0
  for (const { from, to } of marks) {
    tokens.push(...looked(text, runs, at, from))
    const children = looked(text, runs, from, to)
    if (children.length > 0) tokens.push({ type: 'edit', children })
    at = to
  }
  return [...tokens, ...looked(text, runs, at, text.length)]
}

/** A part of a line in its looks. */
function looked(text: string, runs: readonly Run[], from: number, to: number): TokenNode[] {
  const tokens: TokenNode[] = []
  const push = (start: number, end: number, className?: string) => {
    const value = text.slice(start, end)
    if (value !== '') tokens.push(className === undefined ? { type: 'text', value } : { type: 'code', className, value })
  }
  let at = from
  for (const run of runs) {
    const [start, end] = [Math.max(at, run.from), Math.min(to, run.to)]
    if (start >= end) continue
    push(at, start)
    push(start, end, run.look)
    at = end
  }
  push(at, to)
  return tokens
}
