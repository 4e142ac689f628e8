import GripVertical from 'lucide-react/icons/grip-vertical'
import Plus from 'lucide-react/icons/plus'
import { type HTMLAttributes, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { IconButton } from '#app/ui/icon-button.tsx'
import type { Offer } from '#app/ui/offers.ts'
import { TextField } from '#app/ui/text-field.tsx'

/** One that can be put in: what @ offers, and how its row is dragged. */
export type PutIn = Offer & { id: string; drag: HTMLAttributes<HTMLElement> & { draggable: boolean } }

/** More than these are looked through by words. */
const FEW = 8

/** Everything @ offers, in sight: each row is dragged to its place with a mouse, or put in by its button. */
export function ToPutIn({ offers, onInsert }: { offers: readonly PutIn[]; onInsert: (words: string) => void }) {
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const isMany = offers.length > FEW
  const shown = isMany ? offers.filter(({ name, hint }) => `${name} ${hint}`.toLowerCase().includes(wanted)) : offers
  const list = useRef<HTMLUListElement>(null)
  const put = (insert: Offer['insert'], at: number) => {
    if (typeof insert === 'string') return onInsert(insert)
    flushSync(insert)
    // What is put in leaves the list, unless it was refused: the keyboard goes on at the row in its place.
    const buttons = list.current?.querySelectorAll('button')
    if (document.activeElement === document.body) buttons?.[Math.min(at, buttons.length - 1)]?.focus()
  }
  return (
    <section aria-labelledby="to-put-in">
      <div className="flex min-h-9 flex-wrap items-center gap-2 pb-1">
        <h2 id="to-put-in" className="flex-1 text-sm font-medium">
          To put in <span className="font-normal text-muted">prompts go in front, tags where the caret is</span>
        </h2>
        {isMany && (
          <TextField
            label="Filter what can be put in"
            hideLabel
            noMessage
            placeholder="Filter"
            value={words}
            onChange={setWords}
            autoComplete="off"
            className="w-40"
          />
        )}
      </div>
      <ul
        ref={list}
        aria-label="To put in"
        className="max-h-60 divide-y divide-line overflow-auto scroll-thin rounded-md border border-line empty:hidden"
      >
        {shown.map(({ id, name, hint, insert, drag }, at) => {
          const isText = typeof insert === 'string'
          return (
            <li
              key={id}
              {...drag}
              className="flex min-h-9 cursor-grab items-center gap-2 bg-surface py-0.5 pr-2 pl-1 text-sm pointer-coarse:pl-3"
            >
              <GripVertical aria-hidden className="size-4 shrink-0 text-faint pointer-coarse:hidden" />
              <span className="min-w-0 truncate">{isText ? `@${name}` : name}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-muted">{hint}</span>
              <IconButton label={isText ? `Insert @${name} at the caret` : `Put ${name} in front`} onPress={() => put(insert, at)}>
                <Plus aria-hidden className="size-4" />
              </IconButton>
            </li>
          )
        })}
      </ul>
      {shown.length === 0 && <p className="text-sm text-muted">Nothing here has “{words.trim()}” in its name.</p>}
    </section>
  )
}
