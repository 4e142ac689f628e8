import Search from 'lucide-react/icons/search'
import type { KeyboardEvent, ReactNode } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Menu } from 'react-aria-components/Menu'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, SearchField } from 'react-aria-components/SearchField'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

/** A window near the top of the page with one list in it, to choose from by typing. Esc and a press outside close it. */
export function Palette({
  label,
  isOpen,
  onClose,
  isNarrow = false,
  children,
}: {
  label: string
  isOpen: boolean
  onClose: () => void
  isNarrow?: boolean
  children: ReactNode
}) {
  /** At once, whatever is typed: the box would empty itself first. */
  const closeByEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.stopPropagation()
    onClose()
  }
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex animate-appear items-start justify-center bg-shade p-3 pt-[10vh]"
    >
      <Modal
        className={classes(
          'w-full animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-float',
          isNarrow ? 'max-w-[420px]' : 'max-w-[640px]',
        )}
      >
        <Dialog aria-label={label} className="outline-none">
          <div className="flex max-h-[60vh] flex-col" onKeyDownCapture={closeByEscape}>
            {children}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

type PaletteListProps = {
  /** What is asked, for those who hear it; `placeholder` for those who see it. */
  question: string
  placeholder: string
  /** What the list holds. */
  label: string
  typed: string
  onType: (typed: string) => void
  /** Rows whose keys begin so stay whatever is typed. */
  always: string
  whenEmpty: ReactNode
  /** `MenuItem`s, or `MenuSection`s of them. */
  children: ReactNode
}

/** The box to type in and the rows that hold what is typed. */
export function PaletteList({ question, placeholder, label, typed, onType, always, whenEmpty, children }: PaletteListProps) {
  const { contains } = useFilter({ sensitivity: 'base' })
  return (
    <Autocomplete
      inputValue={typed}
      onInputChange={onType}
      filter={(text, words, node) => String(node.key).startsWith(always) || contains(text, words)}
    >
      <SearchField aria-label={question} autoFocus className="flex shrink-0 items-center gap-2 border-b border-line px-3">
        <Search aria-hidden className="size-4 text-faint" />
        <Input
          placeholder={placeholder}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
        <Kbd keys="esc" />
      </SearchField>
      <Menu aria-label={label} className="min-h-0 overflow-auto p-1.5 outline-none scroll-thin" renderEmptyState={() => whenEmpty}>
        {children}
      </Menu>
    </Autocomplete>
  )
}
