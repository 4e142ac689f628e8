import { useNavigate } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { Awareness } from 'y-protocols/awareness'
import { colorOf } from '#app/replica/tab/presence.ts'
import type { Face } from '#app/ui/avatar.tsx'
import { pointed } from './followed.ts'
import { leader, type Whereabouts, whereaboutsOf } from './whereabouts.ts'

/** A page that is loaded again, or leads to another project, is away for a moment. */
const AWAY_MS = 5_000
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta'])

type Props = { awareness: Awareness | undefined; path: string | null; face: Face; stop: () => void }

/** Leads this page where somebody goes, until its own person does something; a frame in their colour says so. */
export function Following({ awareness, path, face, stop }: Props) {
  const { isHere, path: there, point } = useWhereabouts(awareness, face.id)
  const navigate = useNavigate()
  const isLed = useRef(false)
  const here = useRef(path)
  here.current = path
  useEffect(() => {
    if (there === null || there === here.current) return
    // The way back leads to where one was, over none of their steps.
    navigate(there, { replace: isLed.current })
    isLed.current = true
  }, [there, navigate])
  useStopped(stop)
  const isAway = awareness !== undefined && !isHere
  useEffect(() => {
    if (!isAway) return
    const timer = setTimeout(stop, AWAY_MS)
    return () => clearTimeout(timer)
  }, [isAway, stop])
  const { color } = colorOf(face.id)
  return (
    <>
      {point !== null && <style>{`${rowOf(point)} { outline: 2px solid ${color}; outline-offset: -2px }`}</style>}
      <div aria-hidden className="pointer-events-none fixed inset-0 z-40 border-3" style={{ borderColor: color }} />
      <p
        role="status"
        className="pointer-events-none fixed left-1/2 z-40 flex max-w-[80vw] -translate-x-1/2 gap-1 px-3 py-0.5 text-sm font-medium max-md:bottom-14 max-md:rounded-t-md md:top-0 md:rounded-b-md"
        style={{ background: color, color: '#fff' }}
      >
        <span className="truncate">Following {face.name}</span>
        <span className="pointer-coarse:hidden">· Esc</span>
      </p>
    </>
  )
}

const rowOf = (cardId: string): string => `[data-column] [role=row][data-key="${CSS.escape(cardId)}"]`

const NOWHERE: Whereabouts = { isHere: false, path: null, point: null }

/** Where they are, told to this page from the moment on it says that it follows them. */
function useWhereabouts(awareness: Awareness | undefined, memberId: string): Whereabouts {
  const [found, setFound] = useState(NOWHERE)
  useEffect(() => {
    if (!awareness) return setFound(NOWHERE)
    let led: number | null = null
    const look = (changed: readonly number[]) => {
      const states = awareness.getStates()
      led = leader(states, memberId, led, changed)
      const next = whereaboutsOf(states, memberId, led)
      pointed.set(next.point)
      setFound((before) => (before.path === next.path && before.point === next.point && before.isHere === next.isHere ? before : next))
    }
    const hear = ({ added, updated }: { added: number[]; updated: number[] }) => look([...updated, ...added])
    look([])
    awareness.on('change', hear)
    awareness.setLocalStateField('follows', memberId)
    return () => {
      awareness.off('change', hear)
      awareness.setLocalStateField('follows', null)
      pointed.set(null)
    }
  }, [awareness, memberId])
  return found
}

/** Whatever this person does ends it; Escape ends it and nothing else. */
function useStopped(stop: () => void): void {
  useEffect(() => {
    const hear = (event: Event) => {
      if (event instanceof KeyboardEvent) {
        if (MODIFIERS.has(event.key)) return
        if (event.key === 'Escape') {
          event.preventDefault()
          event.stopImmediatePropagation()
        }
      }
      stop()
    }
    const kinds = ['keydown', 'pointerdown', 'wheel', 'popstate']
    for (const kind of kinds) window.addEventListener(kind, hear, { capture: true })
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, hear, { capture: true })
    }
  }, [stop])
}
