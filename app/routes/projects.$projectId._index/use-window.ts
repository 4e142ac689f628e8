import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { CARDS, type Range, type Rows, rangeInSight, scrollFor } from './window-of.ts'

type Window = Range & { focused: string | null }
type Reveal = (top: number, height: number) => void

/** Follows a scrolling list of cards: which ones to draw, and which one has the keyboard and must not vanish under it. */
export function useWindow(
  count: number,
  rows: Rows = CARDS,
): Window & { list: HTMLDivElement | null; ref: (list: HTMLDivElement | null) => void; reveal: Reveal } {
  const [list, ref] = useState<HTMLDivElement | null>(null)
  const [shown, setShown] = useState<Window>(() => ({ ...rangeInSight(0, 900, count, rows), focused: null }))
  const present = useRef(count)
  present.current = count
  /** Where the list was seen last, so that a new card needs no measuring. */
  const seen = useRef({ top: 0, height: 900 })
  const draw = useCallback(() => {
    const { start, end } = rangeInSight(seen.current.top, seen.current.height, present.current, rows)
    const row = document.activeElement?.closest('[role=row]')
    const focused = row && list?.contains(row) ? row.getAttribute('data-key') : null
    setShown((before) => (before.start === start && before.end === end && before.focused === focused ? before : { start, end, focused }))
  }, [list, rows])
  const look = useCallback(() => {
    if (!list) return
    seen.current = { top: list.scrollTop, height: list.clientHeight }
    draw()
  }, [list, draw])
  useEffect(() => {
    if (!list) return
    const sizes = new ResizeObserver(look)
    sizes.observe(list)
    list.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      list.removeEventListener('scroll', look)
    }
  }, [list, look])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of cards is another range
  useEffect(draw, [count, draw])
  /** Brings a stretch of the content into sight and draws what stands there before it answers. */
  const reveal = useCallback<Reveal>(
    (top, height) => {
      if (!list) return
      list.scrollTop = scrollFor(top, height, list.scrollTop, list.clientHeight)
      flushSync(look)
    },
    [list, look],
  )
  const end = Math.max(shown.end, Math.min(count, shown.start + 8))
  return useMemo(() => ({ ...shown, end, list, ref, reveal }), [shown, end, list, reveal])
}
