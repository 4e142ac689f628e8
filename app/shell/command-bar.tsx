import { useMatch, useNavigate } from '@remix-run/react'
import Search from 'lucide-react/icons/search'
import { useState } from 'react'
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete'
import { Header, Menu, MenuItem, MenuSection, Text } from 'react-aria-components/Menu'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components/Modal'
import { Input, SearchField } from 'react-aria-components/SearchField'
import { Kbd } from '#app/ui/kbd.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'
import type { PageActions } from './actions.tsx'
import { FOUND, foundSections } from './found-list.tsx'
import { useFound } from './use-found.ts'

/** Everything one can do on this page, and all that this device has, found by typing. */
export function CommandBar({ isOpen, onClose, groups }: { isOpen: boolean; onClose: () => void; groups: readonly PageActions[] }) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex animate-appear items-start justify-center bg-shade p-3 pt-[10vh]"
    >
      <Modal className="w-full max-w-[640px] animate-rise overflow-hidden rounded-lg border border-line bg-raised shadow-float">
        <Dialog aria-label="Command bar" className="flex max-h-[60vh] flex-col outline-none">
          <Bar onClose={onClose} groups={groups} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Bar({ onClose, groups }: { onClose: () => void; groups: readonly PageActions[] }) {
  const { contains } = useFilter({ sensitivity: 'base' })
  const navigate = useNavigate()
  const projectId = useMatch('/projects/:projectId/*')?.params.projectId ?? null
  const [typed, setTyped] = useState('')
  const { isLooking, ...found } = useFound(typed, projectId)
  const go = (path: string): void => {
    onClose()
    navigate(path)
  }
  return (
    <Autocomplete
      inputValue={typed}
      onInputChange={setTyped}
      filter={(label, words, node) => String(node.key).startsWith(FOUND) || contains(label, words)}
    >
      <SearchField
        aria-label="What do you want to do or find?"
        autoFocus
        className="flex shrink-0 items-center gap-2 border-b border-line px-3"
      >
        <Search aria-hidden className="size-4 text-faint" />
        <Input
          placeholder="Do or find…"
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
        />
        <Kbd keys="esc" />
      </SearchField>
      <Menu
        aria-label="Actions and what was found"
        className="min-h-0 overflow-auto p-1.5 outline-none scroll-thin"
        renderEmptyState={() => <Nothing isLooking={isLooking} />}
      >
        {groups.map((group) => (
          <MenuSection key={group.title} id={group.title}>
            <Header className="px-2 pt-2 pb-1 text-xs text-faint">{group.title}</Header>
            {group.actions.map((action) => (
              <MenuItem
                key={action.id}
                id={`${group.title}/${action.id}`}
                textValue={action.label}
                onAction={() => {
                  onClose()
                  action.run()
                }}
                className={choiceClasses}
              >
                <span aria-hidden className="flex size-4 items-center justify-center text-muted">
                  {action.icon}
                </span>
                <Text slot="label" className="min-w-0 flex-1 truncate">
                  {action.label}
                </Text>
                {action.keys && <Kbd keys={action.keys} />}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
        {typed.trim() !== '' && foundSections(found, { typed, projectId, go })}
      </Menu>
    </Autocomplete>
  )
}

/** Where nothing is called so: what was looked through. */
function Nothing({ isLooking }: { isLooking: boolean }) {
  return (
    <p className="px-2 py-6 text-center text-sm text-muted">
      {isLooking
        ? 'Looking…'
        : 'Nothing here has these words: no action, card, prompt or interview, and no conversation that was opened on this device.'}
    </p>
  )
}
