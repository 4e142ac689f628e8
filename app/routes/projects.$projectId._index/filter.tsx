import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import type { Ref } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components/SearchField'
import type { Arranged } from './arrange.ts'
import type { Card } from './use-board.ts'

/** BOARD-6: the cards whose title or short id holds every word typed; with nothing typed, the very same lists. */
export function filterCards(cards: Arranged<Card>, typed: string): ReadonlyMap<string, readonly Card[]> {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return cards.byColumn
  const holds = (card: Card) => {
    const text = `${card.shortId} ${card.title}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return new Map([...cards.byColumn].map(([column, list]) => [column, list.filter(holds)]))
}

/** The box over the board. Escape empties it. */
export function FilterBox({
  inputRef,
  value,
  onChange,
}: {
  inputRef: Ref<HTMLInputElement>
  value: string
  onChange: (value: string) => void
}) {
  return (
    <SearchField aria-label="Filter cards" value={value} onChange={onChange} className="group relative flex items-center">
      <Search aria-hidden className="pointer-events-none absolute left-2 size-3.5 text-faint" />
      <Input
        ref={inputRef}
        placeholder="Filter"
        className="h-7 w-32 rounded-md border border-edge bg-surface pr-7 pl-7 text-sm placeholder:text-faint transition-[width] data-focused:border-accent data-focused:outline-2 data-focused:outline-ring/40 md:w-44 pointer-coarse:h-9 pointer-coarse:text-lg [&::-webkit-search-cancel-button]:hidden"
      />
      <AriaButton
        aria-label="Empty the filter"
        className="absolute right-1 flex size-5 items-center justify-center rounded-sm text-faint group-data-empty:hidden data-hovered:bg-hover"
      >
        <X aria-hidden className="size-3.5" />
      </AriaButton>
    </SearchField>
  )
}
