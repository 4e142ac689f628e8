import Search from 'lucide-react/icons/search'
import { useMemo, useState } from 'react'
import { Autocomplete } from 'react-aria-components/Autocomplete'
import { Menu, MenuItem, Text } from 'react-aria-components/Menu'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, SearchField } from 'react-aria-components/SearchField'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Kbd } from '#app/ui/kbd.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'
import { StatusMark } from '#app/work/status-mark.tsx'
import { changeBlockers } from '#domain/tasks/dependency-commands.ts'
import { namesOfCards } from '#domain/tasks/queries.ts'
import { cardsLike } from './cards-like.ts'
import type { TaskRow } from './use-task.ts'

type PickerProps = { projectId: string; task: TaskRow; onClose: () => void }

/** Finds the card that this one has to wait for, by title or short id, with the keyboard alone. A loop is refused and shown. */
export function BlockerPicker({ projectId, task, onClose }: PickerProps) {
  const cards = useQuery(namesOfCards(projectId))
  const change = useCommand(changeBlockers)
  const [typed, setTyped] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const items = useMemo(() => cardsLike(cards ?? [], typed, [task.id, ...task.dependsOn]), [cards, typed, task.id, task.dependsOn])
  const choose = async (id: string) => {
    const answer = await change({ projectId, taskId: task.id, add: [id] })
    if (answer.ok) onClose()
    else setRefusal(answer.message)
  }
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex animate-appear items-start justify-center bg-shade p-3 pt-[10vh]"
    >
      <Modal className="w-full max-w-[560px] animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-float">
        <Dialog aria-label="Add a blocker" className="flex max-h-[60vh] flex-col outline-none">
          <Autocomplete
            inputValue={typed}
            onInputChange={(text) => {
              setTyped(text)
              setRefusal(null)
            }}
          >
            <SearchField
              aria-label={`What does ${task.shortId || 'this card'} wait for?`}
              autoFocus
              // Enter comes sooner than the first card is marked where somebody types quickly.
              onSubmit={() => {
                const [first] = items
                if (first && !document.activeElement?.getAttribute('aria-activedescendant')) void choose(first.id)
              }}
              className="flex shrink-0 items-center gap-2 border-b border-line px-3"
            >
              <Search aria-hidden className="size-4 text-faint" />
              <Input
                placeholder={`What does ${task.shortId || 'this card'} wait for?`}
                className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
              />
              <Kbd keys="esc" />
            </SearchField>
            {refusal && (
              <p role="alert" className="border-b border-line px-3 py-2 text-sm text-danger">
                {refusal}
              </p>
            )}
            <Menu
              aria-label="Cards"
              items={items}
              className="min-h-0 overflow-auto p-1.5 outline-none scroll-thin"
              onAction={(id) => void choose(String(id))}
              renderEmptyState={() => (
                <p className="px-2 py-6 text-center text-sm text-muted">{cards ? 'No other card has these words.' : 'Looking…'}</p>
              )}
            >
              {(card) => (
                <MenuItem id={card.id} textValue={`${card.shortId} ${card.title}`} shouldCloseOnSelect={false} className={choiceClasses}>
                  <StatusMark status={card.status} />
                  {card.shortId && <span className="shrink-0 text-xs text-faint tabular-nums">{card.shortId}</span>}
                  <Text slot="label" className="min-w-0 flex-1 truncate">
                    {card.title}
                  </Text>
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
