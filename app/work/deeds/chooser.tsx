import Check from 'lucide-react/icons/check'
import Minus from 'lucide-react/icons/minus'
import { type ReactNode, useState } from 'react'
import { MenuItem, Text } from 'react-aria-components/Menu'
import { Palette, PaletteList } from '#app/ui/palette.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'

/** One answer. `holds`: of how many of the cards it is so now. */
export type Choice = { id: string; label: string; icon?: ReactNode; hint?: string; holds: 'all' | 'some' | 'none'; run: () => void }

type ChooserProps = {
  /** What is asked, and about what: `Priority of APP-3`. */
  title: string
  placeholder: string
  choices: readonly Choice[]
  /** The choice that what was typed would be, where there is none of that name. */
  fresh?: (typed: string) => Choice
  whenEmpty: string
  onClose: () => void
}

/** How the key of a choice begins that is made of what was typed. */
const FRESH = 'fresh '

/** Asks one question about cards, to be answered with the arrows and Enter, or by typing. */
export function Chooser({ title, placeholder, choices, fresh, whenEmpty, onClose }: ChooserProps) {
  const [typed, setTyped] = useState('')
  const words = typed.trim()
  const isKnown = choices.some(({ label }) => label.toLowerCase() === words.toLowerCase())
  const offered = fresh && words !== '' && !isKnown ? [{ ...fresh(words), id: `${FRESH}${words}` }] : []
  return (
    <Palette label={title} isOpen onClose={onClose} isNarrow>
      <p className="truncate px-3 pt-2.5 text-xs text-faint">{title}</p>
      <PaletteList
        question={title}
        placeholder={placeholder}
        label={title}
        typed={typed}
        onType={setTyped}
        always={FRESH}
        whenEmpty={<p className="px-2 py-6 text-center text-sm text-muted">{whenEmpty}</p>}
      >
        {[...choices, ...offered].map((choice) => (
          <MenuItem
            key={choice.id}
            id={choice.id}
            textValue={choice.label}
            onAction={() => {
              onClose()
              // After the dialog gave the keyboard back, so that it can go along with the cards.
              setTimeout(choice.run)
            }}
            className={choiceClasses}
          >
            {choice.icon && (
              <span aria-hidden className="flex size-4 shrink-0 items-center justify-center text-muted">
                {choice.icon}
              </span>
            )}
            <Text slot="label" className="min-w-0 flex-1 truncate">
              {choice.label}
            </Text>
            {choice.hint && (
              <Text slot="description" className="shrink-0 text-xs text-faint">
                {choice.hint}
              </Text>
            )}
            {choice.holds === 'all' && <Check aria-label="now" className="size-3.5 shrink-0 text-accent" />}
            {choice.holds === 'some' && <Minus aria-label="of some of them now" className="size-3.5 shrink-0 text-muted" />}
          </MenuItem>
        ))}
      </PaletteList>
    </Palette>
  )
}
