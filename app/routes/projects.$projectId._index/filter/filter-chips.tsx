import X from 'lucide-react/icons/x'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Button } from '#app/ui/button.tsx'
import { type CardFilter, FACETS, type Facet } from './card-filter.ts'
import { FACET_ICONS, FACET_LABELS, useFacetWords } from './facet-words.tsx'

type FilterChipsProps = {
  filter: CardFilter
  /** How many cards are left, of how many. */
  shown: number
  total: number
  onChange: (filter: CardFilter) => void
  ask: (facet: Facet) => void
  onClear: () => void
  /** Keeps this filter as a view; none where it is one already. */
  onKeep: (() => void) | null
}

/** What the cards are filtered by, in words, each to be changed or taken away. */
export function FilterChips({ filter, shown, total, onChange, ask, onClear, onKeep }: FilterChipsProps) {
  const { say } = useFacetWords()
  return (
    <div className="flex min-h-11 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-4 py-1.5 scroll-thin">
      {FACETS.filter((facet) => filter[facet].length > 0).map((facet) => (
        <span key={facet} className="flex h-7 shrink-0 items-stretch rounded-md border border-edge bg-surface text-sm pointer-coarse:h-9">
          <AriaButton
            onPress={() => ask(facet)}
            className="flex items-center gap-1.5 rounded-l-md pr-1 pl-2 data-focus-visible:ring-focus data-hovered:bg-hover"
          >
            <span aria-hidden className="text-muted">
              {FACET_ICONS[facet]}
            </span>
            <span className="text-muted">{FACET_LABELS[facet]}</span>
            <span className="max-w-64 truncate">{filter[facet].map((value) => say(facet, value)).join(' or ')}</span>
          </AriaButton>
          <AriaButton
            aria-label={`Filter by ${FACET_LABELS[facet].toLowerCase()} no more`}
            onPress={() => onChange({ ...filter, [facet]: [] })}
            className="flex w-6 items-center justify-center rounded-r-md text-faint data-focus-visible:ring-focus data-hovered:bg-hover data-hovered:text-ink pointer-coarse:w-9"
          >
            <X aria-hidden className="size-3.5" />
          </AriaButton>
        </span>
      ))}
      <span role="status" className="shrink-0 text-sm text-muted tabular">
        {shown === 0 ? 'No card matches' : `${shown.toLocaleString('en')} of ${total.toLocaleString('en')} cards`}
      </span>
      <span className="ml-auto flex shrink-0 gap-1">
        <Button size="small" look="quiet" onPress={onClear}>
          Clear
        </Button>
        {onKeep && (
          <Button size="small" onPress={onKeep}>
            Save as view
          </Button>
        )}
      </span>
    </div>
  )
}
