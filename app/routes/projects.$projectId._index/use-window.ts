import { useCallback, useEffect, useRef, useState } from 'react'
import { type Range, rangeInSight } from './window-of.ts'

type Window = Range & { focused: string | null }

/** Follows a scrolling list of cards: which ones to draw, and which one has the keyboard and must not vanish under it. */
export function useWindow(count: number): Window & { ref: (list: HTMLDivElement | null) => void } {
  const [list, ref] = useState<HTMLDivElement | null>(null)
  const [shown, setShown] = useState<Window>(() => ({ ...rangeInSight(0, 900, count), focused: null }))
  const present = useRef(count)
  present.current = count
  const look = useCallback(() => {
    if (!list) return
    const { start, end } = rangeInSight(list.scrollTop, list.clientHeight, present.current)
    const row = document.activeElement?.closest('[role=row]')
    const focused = row && list.contains(row) ? row.getAttribute('data-key') : null
    setShown((before) => (before.start === start && before.end === end && before.focused === focused ? before : { start, end, focused }))
  }, [list])
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
  useEffect(look, [count, look])
  return { ...shown, end: Math.max(shown.end, Math.min(count, shown.start + 8)), ref }
}
