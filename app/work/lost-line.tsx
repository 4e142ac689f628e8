import { usePeople } from '#app/people/use-people.ts'
import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import type { LostValue } from '#domain/core/lost-values.ts'
import { editProject } from '#domain/projects/commands.ts'
import { editColumn, editTask, moveTask } from '#domain/tasks/commands.ts'
import { changeBlockers } from '#domain/tasks/dependency-commands.ts'
import { sayLost } from './say-lost.ts'
import { useNames } from './use-names.ts'

/** The row a lost value was meant for. */
export type Loser = { kind: 'card' | 'column' | 'project'; id: string }

type LostLineProps = { projectId: string; of: Loser; lost: LostValue; isReadOnly: boolean }

/** A value that somebody set while somebody else set the one that stands: who, when, and a way to have it after all. */
export function LostLine({ projectId, of, lost, isReadOnly }: LostLineProps) {
  const face = usePeople()
  const names = useNames(projectId, [lost.field])
  const use = useInstead(projectId, of)
  const said = sayLost(lost, names)
  const press = async () => {
    const answer = await use(lost)
    if (answer.ok) sayDone(`Set ${said}.`)
    else sayRefusal(answer.message)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p className="min-w-0 flex-1 basis-60 text-sm break-words">
        <span className="font-medium">{face(lost.by).name}</span> <span className="text-muted">set</span> {said}
        <span className="text-muted"> while somebody else set what stands there now.</span>{' '}
        <Time at={lost.at} className="text-xs text-faint" />
      </p>
      {!isReadOnly && (
        <Button size="small" onPress={() => void press()}>
          Use this instead
        </Button>
      )}
    </div>
  )
}

/** Sets a lost value, as a person would by hand: by the same commands, refused for the same reasons, to be undone the same way. */
function useInstead(projectId: string, { kind, id }: Loser) {
  const edit = useCommand(editTask)
  const move = useCommand(moveTask)
  const block = useCommand(changeBlockers)
  const column = useCommand(editColumn)
  const project = useCommand(editProject)
  return ({ field, value }: LostValue) => {
    const patch = { [field]: value }
    if (kind === 'column') return column({ projectId, columnId: id, patch })
    if (kind === 'project') return project({ projectId: id, patch })
    if (field === 'dependsOn') return block({ projectId, taskId: id, add: value as string[] })
    if (field === 'columnId') return move({ projectId, taskId: id, columnId: String(value) })
    return edit({ projectId, taskId: id, patch })
  }
}
