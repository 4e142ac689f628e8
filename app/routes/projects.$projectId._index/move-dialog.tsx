import { ListBox, ListBoxItem, Text } from 'react-aria-components/ListBox'
import { Dialog } from '#app/ui/dialog.tsx'
import { choiceClasses } from '#app/ui/popover.tsx'
import { useMoves } from './board-context.ts'
import { columnChoices } from './card-menu.tsx'
import type { Card } from './use-board.ts'

/** Where to? The columns, to choose with the arrows and Enter. */
export function MoveDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const moves = useMoves()
  const choices = columnChoices(moves, card)
  return (
    <Dialog title={`Move ${card.shortId} to…`} isOpen onClose={onClose} size="small">
      <ListBox
        aria-label="Columns"
        autoFocus="first"
        className="-mx-2 pb-2 outline-none"
        onAction={(key) => {
          onClose()
          // After the dialog gave the keyboard back, so that it can go along with the card.
          setTimeout(() => choices.find(({ id }) => id === key)?.run())
        }}
      >
        {choices.map((choice) => (
          <ListBoxItem key={choice.id} id={choice.id} textValue={choice.label} className={choiceClasses}>
            <Text slot="label" className="flex-1">
              {choice.label}
            </Text>
            <span className="text-xs text-faint">{choice.isChosen ? 'here now' : (choice.hint ?? '')}</span>
          </ListBoxItem>
        ))}
      </ListBox>
    </Dialog>
  )
}
