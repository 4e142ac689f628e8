import { useCommand } from '#app/replica/react.tsx'
import { ConfirmLater } from '#app/ui/confirm-later.ts'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { deleteTasks } from '#domain/tasks/bulk.ts'
import { type DeedCard, sayCards } from './deeds.ts'

type Props = { projectId: string; cards: readonly DeedCard[]; onDeleted?: () => void; onClose: () => void }

/** Warns before cards are deleted, and deletes them. */
export function DeleteCards({ projectId, cards, onDeleted, onClose }: Props) {
  const remove = useCommand(deleteTasks)
  const [what, whose] =
    cards.length === 1 ? ['The card goes', 'its description and comments. Its'] : ['The cards go', 'their descriptions and comments. Their']
  return (
    <ConfirmLater
      title={`Delete ${sayCards(cards)}?`}
      verb={cards.length === 1 ? 'Delete card' : `Delete ${cards.length} cards`}
      isDanger
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        const answer = await remove({ projectId, taskIds: cards.map(({ id }) => id) })
        onClose()
        if (answer.ok) onDeleted?.()
        else sayRefusal(answer.message)
      }}
    >
      {what} for everybody, with {whose} attempts and commits stay in the record.
    </ConfirmLater>
  )
}
