import { useMatch, useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { Header, MenuItem, MenuSection, Text } from 'react-aria-components/Menu'
import { Kbd } from '#app/ui/kbd.tsx'
import { Palette, PaletteList } from '#app/ui/palette.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'
import type { PageActions } from './actions.tsx'
import { FOUND, foundSections } from './found-list.tsx'
import { useFound } from './use-found.ts'

/** Everything one can do on this page, and all that this device has, found by typing. */
export function CommandBar({ isOpen, onClose, groups }: { isOpen: boolean; onClose: () => void; groups: readonly PageActions[] }) {
  return (
    <Palette label="Command bar" isOpen={isOpen} onClose={onClose}>
      <Bar onClose={onClose} groups={groups} />
    </Palette>
  )
}

function Bar({ onClose, groups }: { onClose: () => void; groups: readonly PageActions[] }) {
  const navigate = useNavigate()
  const projectId = useMatch('/projects/:projectId/*')?.params.projectId ?? null
  const [typed, setTyped] = useState('')
  const { isLooking, ...found } = useFound(typed, projectId)
  const go = (path: string): void => {
    onClose()
    navigate(path)
  }
  return (
    <PaletteList
      question="What do you want to do or find?"
      placeholder="Do or find…"
      label="Actions and what was found"
      typed={typed}
      onType={setTyped}
      always={FOUND}
      whenEmpty={<Nothing isLooking={isLooking} />}
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
    </PaletteList>
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
