import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { later } from '#app/ui/later.tsx'
import { DeleteCards } from '#app/work/deeds/delete-cards.tsx'
import { Ask } from '#app/work/deeds/questions.tsx'
import { addColumn, editColumn } from '#domain/tasks/commands.ts'
import { type Asked, useMoves } from './board-context.ts'
import { CardMenu } from './card-menu.tsx'
import { ColumnDialog } from './dialogs-later.ts'

const EditPrompt = later(() => import('../projects.$projectId.prompts._index/edit-prompt.tsx').then((prompt) => prompt.EditPrompt))

/** What stands over the board: a menu, a question, a warning. */
export function BoardDialogs({ projectId, asked, onClose }: { projectId: string; asked: Asked | null; onClose: () => void }) {
  const moves = useMoves()
  if (asked === null) return null
  const { cards } = asked
  if (asked.what === 'menu') return <CardMenu cards={cards} anchor={asked.anchor} onClose={onClose} />
  if (asked.what === 'delete') return <DeleteCards projectId={projectId} cards={cards} onClose={onClose} />
  if (asked.what === 'prompt') {
    const promptId = cards[0]?.promptId
    return promptId ? <EditPrompt projectId={projectId} promptId={promptId} onClose={onClose} /> : null
  }
  return <Ask what={asked.what} cards={cards} deeds={moves} onClose={onClose} />
}

/** Asks for a new column. */
export function NewColumn({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const add = useCommand(addColumn)
  const edit = useCommand(editColumn)
  return (
    <ColumnDialog
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
