import Search from 'lucide-react/icons/search'
import type { ReactNode } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Menu, MenuItem } from 'react-aria-components/Menu'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, SearchField } from 'react-aria-components/SearchField'
import { Kbd } from '#app/ui/kbd.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'

type PickerProps<Item extends { id: string }> = {
  title: string
  /** What is asked for, in the field. */
  question: string
  typed: string
  onType: (typed: string) => void
  /** The accessible name of the list. */
  list: string
  items: readonly Item[]
  wordsOf: (item: Item) => string
  children: (item: Item) => ReactNode
  /** What stands there where nothing fits. */
  nothing: string
  /** What one should know before one chooses. */
  note?: ReactNode
  refusal: string | null
  choose: (id: string) => void
  onClose: () => void
}

/** Finds one thing among many by the words typed, with the keyboard alone or with the mouse. */
export function Picker<Item extends { id: string }>(props: PickerProps<Item>) {
  const { title, question, typed, onType, list, items, wordsOf, children, nothing, note, refusal, choose, onClose } = props
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex animate-appear items-start justify-center bg-shade p-3 pt-[10vh]"
    >
      <Modal className="w-full max-w-[560px] animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-float">
        <Dialog aria-label={title} className="flex max-h-[60vh] flex-col outline-none">
          <Autocomplete inputValue={typed} onInputChange={onType}>
            <SearchField
              aria-label={question}
              autoFocus
              // Enter comes sooner than the first one is marked where somebody types quickly.
              onSubmit={() => {
                const [first] = items
                if (first && !document.activeElement?.getAttribute('aria-activedescendant')) choose(first.id)
              }}
              className="flex shrink-0 items-center gap-2 border-b border-line px-3"
            >
              <Search aria-hidden className="size-4 text-faint" />
              <Input
                placeholder={question}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
              />
              <Kbd keys="esc" />
            </SearchField>
            {note && <p className="shrink-0 border-b border-line px-3 py-2 text-sm text-muted">{note}</p>}
            {refusal && (
              <p role="alert" className="border-b border-line px-3 py-2 text-sm text-danger">
                {refusal}
              </p>
            )}
            <Menu
              aria-label={list}
              items={items}
              className="min-h-0 overflow-auto p-1.5 outline-none scroll-thin"
              onAction={(id) => choose(String(id))}
              renderEmptyState={() => <p className="px-2 py-6 text-center text-sm text-muted">{nothing}</p>}
            >
              {(item) => (
                <MenuItem id={item.id} textValue={wordsOf(item)} shouldCloseOnSelect={false} className={choiceClasses}>
                  {children(item)}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
