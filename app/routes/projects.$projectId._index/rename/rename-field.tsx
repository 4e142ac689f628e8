import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { classes } from '#app/ui/classes.ts'
import { useMoves } from '../board-context.ts'
import { keepFocus, rowOf } from '../keyboard/card-focus.ts'
import type { Card } from '../use-board.ts'

/** The title of a card as a field, over the card itself while it is being renamed. */
export function Rename({ card, isLine = false }: { card: Card; isLine?: boolean }) {
  const { renaming } = useMoves()
  const isOpen = useSyncExternalStore(renaming.subscribe, () => renaming.id === card.id)
  return isOpen ? <RenameField card={card} isLine={isLine} /> : null
}

/** BOARD-30: Enter keeps what was typed, and so does going elsewhere; Escape puts the title back. One that is refused can be mended. */
function RenameField({ card, isLine }: { card: Card; isLine: boolean }) {
  const { renaming, rename } = useMoves()
  const [start] = useState(card.title)
  const [title, setTitle] = useState(start)
  const [isRefused, setRefused] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const isMeant = useRef(false)
  useEffect(() => {
    const { current } = field
    if (!current) return
    current.focus()
    current.select()
    // The menu or the command bar it was chosen in gives the keyboard back as it closes; that is nobody going elsewhere.
    keepFocus(current)
    const stop = new AbortController()
    for (const kind of ['keydown', 'pointerdown'])
      window.addEventListener(kind, () => (isMeant.current = true), { signal: stop.signal, capture: true })
    return () => stop.abort()
  }, [])

  const close = (withFocus: boolean) => {
    renaming.end(card.id)
    if (withFocus) rowOf(card.id)?.focus({ preventScroll: true })
  }
  const keep = async (withFocus: boolean) => {
    // What somebody else made of it meanwhile stays, unless another title was typed here.
    if (title === start) return close(withFocus)
    const isKept = await rename(card, title)
    setRefused(!isKept)
    if (isKept) close(withFocus)
  }
  return (
    <textarea
      ref={field}
      aria-label={`Title of ${card.shortId}`}
      aria-invalid={isRefused}
      value={title}
      wrap={isLine ? 'off' : 'soft'}
      rows={1}
      onChange={({ target }) => {
        setTitle(target.value.replace(/\s*[\r\n]+\s*/g, ' '))
        setRefused(false)
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Enter') void keep(true)
        else close(true)
      }}
      onBlur={() => isMeant.current && renaming.id === card.id && void keep(false)}
      className={classes(
        'absolute z-10 resize-none rounded-md border bg-surface px-1 text-sm text-ink select-text outline-2 outline-ring/40 pointer-coarse:text-lg',
        isRefused ? 'border-danger' : 'border-accent',
        isLine ? 'inset-y-0.5 right-10 left-14 overflow-hidden py-1 leading-5 md:left-32' : 'inset-x-1 top-6 h-16 py-0.5 leading-[18px]',
      )}
    />
  )
}
