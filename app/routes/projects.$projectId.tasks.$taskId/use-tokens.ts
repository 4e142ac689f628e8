import { type RefObject, useEffect, useState } from 'react'
import { type ChangeData, getChangeKey, type HunkTokens } from 'react-diff-view'
import type { TokensByKey } from './diff-drawing.ts'
import type { TableOfHunks } from './diff-tables.ts'
import type { DrawnFile } from './drawing-line.ts'
import { idleMoment } from './idle-moment.ts'

/** How far from what is seen of the page a table is drawn in its looks: what somebody may scroll to before the thread has answered. */
const NEAR: IntersectionObserverInit & { scrollMargin: string } = { rootMargin: '100% 0px', scrollMargin: '100% 0px' }
/** So many lines are drawn anew within a frame; a whole table of them holds it up for 100 ms. */
const LINES_AT_ONCE = 12

/** The looks and marks of a table's lines, which come while it is near what is seen. They stay when it is left: a selection may stand in them. */
export function useTokens(box: RefObject<HTMLElement>, table: TableOfHunks, file: DrawnFile): HunkTokens | null {
  const [drawn, setDrawn] = useState<{ table: TableOfHunks; tokens: HunkTokens } | null>(null)
  useEffect(() => {
    if (!box.current) return
    const tokens: HunkTokens = { old: [], new: [] }
    let plain = table.hunks.flatMap(({ changes }) => changes)
    let isNear = false
    let isDrawing = false
    const draw = async () => {
      if (isDrawing) return
      isDrawing = true
      while (isNear && plain.length > 0) {
        const some = plain.slice(0, LINES_AT_ONCE)
        const found = await file.tokens(some.map(getChangeKey))
        await idleMoment()
        if (!isNear) break
        plain = plain.slice(LINES_AT_ONCE)
        // Lines that were drawn keep their tokens, and are not drawn again.
        if (put(tokens, some, found)) setDrawn({ table, tokens: { ...tokens } })
      }
      isDrawing = false
    }
    const watch = new IntersectionObserver((entries) => {
      const entry = entries.at(-1)
      isNear = entry?.isIntersecting ?? false
      if (!entry || !isNear) return
      plain = fromMiddle(plain, entry.boundingClientRect)
      void draw()
    }, NEAR)
    watch.observe(box.current)
    return () => {
      isNear = false
      watch.disconnect()
    }
  }, [box, table, file])
  return drawn?.table === table ? drawn.tokens : null
}

/** Lines by how far they are from the middle of what is seen: they are about equally high. */
function fromMiddle(lines: readonly ChangeData[], { top, height }: DOMRectReadOnly): ChangeData[] {
  const middle = ((window.innerHeight / 2 - top) / Math.max(1, height)) * lines.length
  return lines
    .map((line, at) => ({ line, away: Math.abs(at - middle) }))
    .sort((one, other) => one.away - other.away)
    .map(({ line }) => line)
}

/** As react-diff-view wants them: by the numbers of lines, less one, on each side. Whether there were any. */
function put(tokens: HunkTokens, lines: readonly ChangeData[], found: TokensByKey): boolean {
  let isAny = false
  for (const line of lines) {
    const drawn = found[getChangeKey(line)]
    if (!drawn) continue
    isAny = true
    if (line.type === 'normal') {
      tokens.old[line.oldLineNumber - 1] = drawn
      tokens.new[line.newLineNumber - 1] = drawn
    } else tokens[line.type === 'delete' ? 'old' : 'new'][line.lineNumber - 1] = drawn
  }
  return isAny
}
