import Plus from 'lucide-react/icons/plus'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { mergesOf } from '#domain/changes/queries.ts'
import { projectById } from '#domain/projects/queries.ts'
import { openSubtasks } from '#domain/tasks/dependencies.ts'
import { addSubtask } from '#domain/tasks/dependency-commands.ts'
import { CardLine } from './card-line.tsx'
import { useRelatives } from './use-relatives.ts'
import type { TaskRow } from './use-task.ts'

type SubtasksProps = { projectId: string; task: TaskRow; attemptId: string | null; isReadOnly: boolean }

/** The cards that are part of this one. They belong to an attempt, so there is none before somebody has started. */
export function Subtasks({ projectId, task, attemptId, isReadOnly }: SubtasksProps) {
  const { subtasks } = useRelatives(projectId, task.id)
  const merges = useQuery(attemptId === null ? null : mergesOf(projectId, attemptId))
  const key = useQuery(projectById(projectId))?.[0]?.key
  const add = useCommand(addSubtask)
  const [begun, setTitle] = useScratch(`subtask:${task.id}`)
  const title = begun ?? ''
  const canAdd = !isReadOnly && attemptId !== null
  if (subtasks.length === 0 && !canAdd) return null
  const submit = async () => {
    if (title.trim() === '' || attemptId === null) return
    setTitle('')
    const answer = await add({ projectId, id: v7(), title, parentAttemptId: attemptId, ...(key ? { key } : {}) })
    if (answer.ok) return
    sayRefusal(answer.message)
    setTitle(title)
  }
  const isOver = task.status === 'done' || task.status === 'cancelled' || merges?.some(({ status }) => status === 'merged')
  const open = openSubtasks(subtasks).length
  return (
    <section aria-label="Subtasks">
      <h2 className="mb-1 flex items-center gap-2 text-sm font-semibold">
        Subtasks
        {subtasks.length > 0 && (
          <span className="text-xs font-normal text-faint tabular">
            {subtasks.length - open}/{subtasks.length}
          </span>
        )}
      </h2>
      <ul>
        {subtasks.map((card) => (
          <CardLine key={card.id} projectId={projectId} card={card} note={card.archived && 'archived'} />
        ))}
      </ul>
      {canAdd && (
        <form
          className="flex h-8 items-center gap-2 text-sm"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <Plus aria-hidden className="size-4 text-faint" />
          <input
            aria-label="New subtask"
            value={title}
            maxLength={255}
            onChange={(event) => setTitle(event.target.value)}
            placeholder={isOver ? 'Add a subtask' : 'Add a subtask; the merge waits until it is done'}
            className="h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1 placeholder:text-faint"
          />
        </form>
      )}
    </section>
  )
}
