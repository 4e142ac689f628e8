import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import type { PastChange } from '#domain/core/history.ts'
import { putBackMove } from '#domain/tasks/put-back.ts'
import { TASK_STATUSES } from '#domain/tasks/schema.ts'
import { STATUS_LABELS } from './status-words.ts'

/** B6: takes back that a fact moved a card, by hand and for good. */
export function PutBack({ projectId, taskId, move }: { projectId: string; taskId: string; move: PastChange }) {
  const putBack = useCommand(putBackMove)
  const before = TASK_STATUSES.find((status) => status === move.fields.status?.before)
  if (!before) return null
  const press = async (button: Element) => {
    const entry = button.closest('li')
    const answer = await putBack({ projectId, taskId, at: move.at })
    if (!answer.ok) return sayRefusal(answer.message)
    // The button goes with what it took back: the keyboard stays with what stood around it.
    entry?.setAttribute('tabindex', '-1')
    entry?.focus()
  }
  return (
    <Button size="small" className="mt-1" onPress={({ target }) => void press(target)}>
      Put back to {STATUS_LABELS[before]}
    </Button>
  )
}
