import { useLayoutEffect, useRef, useState } from 'react'
import type { Card } from '../use-board.ts'
import type { Spot } from '../window-of.ts'
import { isFollowed } from './card-focus.ts'
import { type Last, successorOf } from './tab-stop.ts'

/** Keeps the keyboard in the list when the card that has it goes, unless it goes along with that card. */
export function useHeldFocus(list: HTMLElement | null, cards: readonly Card[], spots: readonly Spot<Card>[]) {
  const [id, setId] = useState<string | null>(null)
  const last = useRef<Last | null>(null)
  const isHere = useRef(false)
  const known = id === null ? undefined : spots.find((spot) => spot.id === id)
  if (id !== null) last.current = { id, at: known?.at ?? last.current?.at ?? 0 }
  useLayoutEffect(() => {
    const { current } = last
    if (!isHere.current || !current || !list || list.contains(document.activeElement)) return
    isHere.current = false
    if (isFollowed(current.id)) return
    const next = successorOf(cards, current)
    const row = next && list.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.id)}"]`)
    ;(row ?? list).focus({ preventScroll: true })
  }, [list, cards])
  return {
    last: last.current,
    hold: (target: EventTarget & Element) => {
      isHere.current = true
      const key = target.closest<HTMLElement>('[role=row]')?.dataset.key
      if (key !== undefined) setId(key)
    },
    /** React does not report the blur of a row it takes away: what is reported is a person going elsewhere. */
    leave: () => {
      isHere.current = false
    },
  }
}
