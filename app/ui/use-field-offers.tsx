import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type TextareaHTMLAttributes,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { askedBefore } from './asked.ts'
import { classes } from './classes.ts'
import type { Offer } from './offers.ts'
import { choiceClasses } from './popover.tsx'

const MOST = 8

type FieldOffers = {
  /** For the field. */
  area: TextareaHTMLAttributes<HTMLTextAreaElement>
  /** For the form around it: what a key means while the list is open goes no further. */
  onKeyDownCapture: (event: KeyboardEvent) => void
  /** The list; it stands above the field, in whatever is `relative` around both. */
  list: ReactNode
}

/** Offers what can be named after @ in a plain field, as `offering` does in an editor: arrows choose, Enter takes, Escape closes. */
export function useFieldOffers(
  inputRef: RefObject<HTMLTextAreaElement>,
  value: string,
  change: (value: string) => void,
  offers: readonly (Offer & { insert: string })[],
): FieldOffers {
  const id = useId()
  const [asked, setAsked] = useState<{ from: number; to: number; typed: string } | null>(null)
  const [at, setAt] = useState(0)
  const caret = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (caret.current !== null) inputRef.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const offered = asked ? offers.filter(({ name }) => isBegunSo(name, asked.typed)).slice(0, MOST) : []
  const isOpen = offered.length > 0
  const look = (field: HTMLTextAreaElement, mayOpen: boolean) => {
    const to = field.selectionStart
    const start = field.value.lastIndexOf('\n', to - 1) + 1
    const found = field.selectionEnd === to ? askedBefore(field.value.slice(start, to)) : null
    const from = found && start + found.from
    setAsked((before) => (found && from !== null && (mayOpen || before?.from === from) ? { from, to, typed: found.typed } : null))
    if (mayOpen) setAt(0)
  }
  const take = (offer: Offer & { insert: string }) => {
    if (!asked) return
    caret.current = asked.from + offer.insert.length
    change(value.slice(0, asked.from) + offer.insert + value.slice(asked.to))
    setAsked(null)
  }
  const chosen = offered[at]
  const press = (key: string): boolean => {
    if (key === 'ArrowDown') setAt((at + 1) % offered.length)
    else if (key === 'ArrowUp') setAt((at + offered.length - 1) % offered.length)
    else if (key === 'Escape') setAsked(null)
    else if ((key === 'Enter' || key === 'Tab') && chosen) take(chosen)
    else return false
    return true
  }
  return {
    area: {
      onInput: ({ currentTarget }) => look(currentTarget, true),
      onSelect: ({ currentTarget }) => look(currentTarget, false),
      onBlur: () => setAsked(null),
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      ...(isOpen && { 'aria-controls': id, 'aria-activedescendant': `${id}-${at}` }),
    },
    onKeyDownCapture: (event) => {
      const isPlain = !(event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || event.nativeEvent.isComposing)
      if (!isOpen || !isPlain || event.target !== inputRef.current || !press(event.key)) return
      event.preventDefault()
      event.stopPropagation()
    },
    list: isOpen && (
      <div
        role="listbox"
        id={id}
        aria-label={offered[0]?.group ?? ''}
        className="absolute bottom-full left-0 z-30 mb-1 w-64 max-w-full animate-appear rounded-lg border border-line bg-raised p-1 shadow-float"
      >
        {offered.map((offer, index) => (
          <div
            key={offer.hint + offer.name}
            role="option"
            id={`${id}-${index}`}
            aria-selected={index === at}
            tabIndex={-1}
            className={classes(choiceClasses, index === at && 'bg-hover')}
            // The field keeps the keyboard.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setAt(index)}
            onClick={() => take(offer)}
            onKeyDown={() => undefined}
          >
            <span className="min-w-0 flex-1 truncate">{offer.name}</span>
            <span className="text-xs text-muted">{offer.hint}</span>
          </div>
        ))}
      </div>
    ),
  }
}

/** True where the name, or a later word of it, begins with what was typed. */
const isBegunSo = (name: string, typed: string): boolean =>
  [0, ...[...name.matchAll(/\s+/g)].map(({ index, 0: gap }) => index + gap.length)].some((from) =>
    name.slice(from).toLowerCase().startsWith(typed.toLowerCase()),
  )
