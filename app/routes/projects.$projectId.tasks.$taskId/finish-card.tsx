import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { check } from '#domain/core/command.ts'
import { setTaskStatus } from '#domain/tasks/commands.ts'
import { openPoints } from '#domain/tasks/rules.ts'
import { doneDespite } from '#domain/tasks/schema.ts'
import { Impact } from './impact.tsx'
import { OpenPoints } from './open-points.tsx'
import type { Relatives } from './use-relatives.ts'
import type { TaskRow } from './use-task.ts'

type Props = { projectId: string; task: TaskRow; impact: Relatives['impact']; onClose: () => void }

/** Asks before a card is done: what follows from it, and, where points are not ticked, why it is done without them. */
export function FinishCard({ projectId, task, impact, onClose }: Props) {
  const setStatus = useCommand(setTaskStatus)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const isOpenLeft = openPoints(task.checklist).length > 0

  const finish = async () => {
    const given = isOpenLeft ? check(doneDespite, reason) : null
    setError(given && !given.ok ? given.message : null)
    if (given && !given.ok) return
    const despite = given && { commentId: v7(), reason: given.value }
    const answer = await setStatus({ projectId, taskId: task.id, status: 'done', despite })
    if (answer.ok) onClose()
    else setRefusal(answer.message)
  }

  return (
    <Confirm
      title={`Is ${task.shortId || 'this card'} done?`}
      verb="Mark as done"
      isOpen
      onClose={onClose}
      onConfirm={() => void finish()}
      error={refusal}
      asksFirst={isOpenLeft}
    >
      <OpenPoints task={task} />
      {isOpenLeft && (
        <TextArea
          label="Why it is done all the same"
          value={reason}
          onChange={setReason}
          error={error}
          hint="It is kept in the card’s comments, under your name."
          autoFocus
          rows={2}
        />
      )}
      <Impact impact={impact} />
    </Confirm>
  )
}
