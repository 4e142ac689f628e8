import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import type { Ref } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components/SearchField'

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
        className="h-7 w-24 rounded-md border border-edge bg-surface pr-7 pl-7 text-sm placeholder:text-faint transition-[width] data-focused:border-accent data-focused:outline-2 data-focused:outline-ring/40 md:w-44 pointer-coarse:h-9 pointer-coarse:text-lg [&::-webkit-search-cancel-button]:hidden"
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
