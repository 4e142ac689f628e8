import { useEffect, useRef, useState } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import { isFollowed } from './whereabouts.ts'

/** A card on the board, or in its list. */
const CARD = '[data-column] [role=row]'
const OFTEN_MS = 150

/** Tells those who follow this person, and nobody else, where they are: the page while it is in sight, and the card they point at. */
export function useLead(awareness: Awareness | undefined, memberId: string | undefined, path: string | null): void {
  const [isLeading, setLeading] = useState(false)
  const latest = useRef(path)
  latest.current = path
  useEffect(() => {
    if (!awareness || memberId === undefined) return setLeading(false)
    const look = () => setLeading(isFollowed(awareness.getStates(), memberId))
    look()
    awareness.on('change', look)
    return () => awareness.off('change', look)
  }, [awareness, memberId])

  useEffect(() => {
    if (!awareness || memberId === undefined || !isLeading) return
    const say = () => awareness.setLocalStateField('path', document.hidden ? null : latest.current)
    const forget = pointing((card) => awareness.setLocalStateField('point', card))
    say()
    document.addEventListener('visibilitychange', say)
    return () => {
      document.removeEventListener('visibilitychange', say)
      forget()
      awareness.setLocalStateField('point', null)
      // Where it leads out of this room, those who stay behind are told the way.
      awareness.setLocalStateField('path', isFollowed(awareness.getStates(), memberId) ? latest.current : null)
    }
  }, [awareness, memberId, isLeading])

  useEffect(() => {
    if (isLeading) awareness?.setLocalStateField('path', document.hidden ? null : path)
  }, [awareness, isLeading, path])
}

/** Tells which card the pointer or the keyboard is at, not more often than one can look. Answers how to stop. */
function pointing(tell: (cardId: string | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let at: string | null = null
  let told: string | null = null
  const note = ({ target }: Event) => {
    at = (target instanceof Element && target.closest<HTMLElement>(CARD)?.dataset.key) || null
    timer ??= setTimeout(() => {
      timer = undefined
      if (at !== told) tell(at)
      told = at
    }, OFTEN_MS)
  }
  const kinds = ['pointerover', 'focusin']
  for (const kind of kinds) document.addEventListener(kind, note)
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, note)
    clearTimeout(timer)
  }
}
