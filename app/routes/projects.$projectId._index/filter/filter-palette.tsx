import Check from 'lucide-react/icons/check'
import { useState } from 'react'
import { Header, MenuItem, MenuSection, Text } from 'react-aria-components/Menu'
import { Palette, PaletteList } from '#app/ui/palette.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'
import type { Card } from '../use-board.ts'
import { type CardFilter, FACETS, type Facet, toggled } from './card-filter.ts'
import { FACET_LABELS, useFacetWords } from './facet-words.tsx'

type FilterPaletteProps = {
  cards: readonly Card[]
  filter: CardFilter
  onChange: (filter: CardFilter) => void
  onClose: () => void
  /** Only the values of this one. */
  only?: Facet | null
}

/** Everything cards can be filtered by, found by typing; it stays open, for there are often several. */
export function FilterPalette({ cards, filter, onChange, onClose, only = null }: FilterPaletteProps) {
  const { all } = useFacetWords()
  const [typed, setTyped] = useState('')
  return (
    <Palette label="Filter the cards" isOpen onClose={onClose} isNarrow>
      <PaletteList
        question="By what?"
        placeholder="Filter by status, priority, person, label, due date…"
        label="Filters"
        typed={typed}
        onType={setTyped}
        always="always "
        whenEmpty={<p className="px-2 py-6 text-center text-sm text-muted">There is nothing like that to filter by.</p>}
      >
        {FACETS.filter((facet) => only === null || facet === only).map((facet) => (
          <MenuSection key={facet} id={facet}>
            <Header className="px-2 pt-2 pb-1 text-xs text-faint">{FACET_LABELS[facet]}</Header>
            {all(facet, cards).map(({ id, label, icon }) => (
              <MenuItem
                key={id}
                id={`${facet} ${id}`}
                textValue={`${FACET_LABELS[facet]}: ${label}`}
                aria-label={`${FACET_LABELS[facet]}: ${label}`}
                onAction={() => onChange(toggled(filter, facet, id))}
                className={choiceClasses}
              >
                <span aria-hidden className="flex size-4 shrink-0 items-center justify-center text-muted">
                  {icon}
                </span>
                <Text slot="label" className="min-w-0 flex-1 truncate">
                  {label}
                </Text>
                {filter[facet].includes(id) && <Check aria-label="chosen" className="size-3.5 shrink-0 text-accent" />}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </PaletteList>
    </Palette>
  )
}
