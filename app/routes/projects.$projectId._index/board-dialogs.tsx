import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { later } from '#app/ui/later.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { deleteTasks } from '#domain/tasks/bulk.ts'
import { addColumn, editColumn } from '#domain/tasks/commands.ts'
import type { Asked } from './board-context.ts'
import { CardMenu } from './card-menu.tsx'
import { Ask } from './choose/questions.tsx'
import { ColumnDialog, Confirm } from './dialogs-later.ts'
import { sayCards } from './selection/acted-on.ts'
import type { Card } from './use-board.ts'
import { WORDS } from './words.ts'

const EditPrompt = later(() => import('../projects.$projectId.prompts._index/edit-prompt.tsx').then((prompt) => prompt.EditPrompt))

/** What stands over the board: a menu, a question, a warning. */
export function BoardDialogs({ projectId, asked, onClose }: { projectId: string; asked: Asked | null; onClose: () => void }) {
  if (asked === null) return null
  const { cards } = asked
  if (asked.what === 'menu') return <CardMenu cards={cards} anchor={asked.anchor} onClose={onClose} />
  if (asked.what === 'delete') return <DeleteCards projectId={projectId} cards={cards} onClose={onClose} />
  if (asked.what === 'prompt') {
    const promptId = cards[0]?.promptId
    return promptId ? <EditPrompt projectId={projectId} promptId={promptId} onClose={onClose} /> : null
  }
  return <Ask what={asked.what} cards={cards} onClose={onClose} />
}

function DeleteCards({ projectId, cards, onClose }: { projectId: string; cards: readonly Card[]; onClose: () => void }) {
  const remove = useCommand(deleteTasks)
  return (
    <Confirm
      title={`Delete ${sayCards(cards)}?`}
      verb={cards.length === 1 ? 'Delete card' : `Delete ${cards.length} cards`}
      isDanger
      isOpen
      onClose={onClose}
      onConfirm={async () => {
        const answer = await remove({ projectId, taskIds: cards.map(({ id }) => id) })
        if (!answer.ok) sayRefusal(answer.message)
        onClose()
      }}
    >
      {cards.length === 1 ? WORDS.deleteCard : WORDS.deleteCards}
    </Confirm>
  )
}

/** Asks for a new column. */
export function NewColumn({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const add = useCommand(addColumn)
  const edit = useCommand(editColumn)
  return (
    <ColumnDialog
      isOpen
      title="New column"
      verb="Add column"
      onClose={onClose}
      start={{ name: '', status: 'review', wipLimit: null }}
      save={async ({ name, status, wipLimit }) => {
        const id = v7()
        const made = await add({ projectId, id, name, status })
        if (!made.ok) return made
        const limited = wipLimit === null ? made : await edit({ projectId, columnId: id, patch: { wipLimit } })
        return limited.ok ? null : limited
      }}
    />
  )
}
