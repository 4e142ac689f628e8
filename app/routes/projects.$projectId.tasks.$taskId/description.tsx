import { useCallback } from 'react'
import { useTakePictures } from '#app/pictures/use-take-pictures.ts'
import { useCommand, useText } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { later } from '#app/ui/later.tsx'
import type { Written } from '#app/ui/own-words.ts'
import { SharedText } from '#app/ui/shared-text.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { noteDescription } from '#domain/tasks/note-description.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { AsAsked } from './as-asked.tsx'
import { Checklist } from './checklist.tsx'
import { Plans } from './plans.tsx'
import { Result } from './result.tsx'
import { Subtasks } from './subtasks.tsx'
import type { AttemptRow, TaskRow } from './use-task.ts'
import { WORDS } from './words.ts'

// The last thing on the page, so nothing moves when it comes: the card is there sooner without it.
const Comments = later(() => import('./comments.tsx').then((section) => section.Comments))

type DescriptionProps = {
  projectId: string
  task: TaskRow
  attempts: readonly (AttemptRow & { number: number })[]
  attemptId: string | null
  outbox: readonly OutboxItem[]
  isReadOnly: boolean
  showDiff: (attemptId: string) => void
}

/** What is to be done: the text people write together, the plans, the checklist, what came of it, the comments. */
export function Description({ projectId, task, attempts, attemptId, outbox, isReadOnly, showDiff }: DescriptionProps) {
  const shared = useText(projectRoom(projectId), tasks, task.id, 'description')
  const takeFiles = useTakePictures()
  const offers = useTagOffers()
  const note = useCommand(noteDescription)
  const keep = useCallback((written: Written) => void note({ projectId, taskId: task.id, ...written }), [note, projectId, task.id])
  return (
    <div className="flex flex-col gap-6">
      <section aria-label="Description">
        <SharedText
          label="Description"
          shared={shared}
          words={task.description}
          placeholder={isReadOnly ? WORDS.noDescription : WORDS.describe}
          isReadOnly={isReadOnly}
          takeFiles={takeFiles}
          offers={offers}
          onWritten={keep}
          minHeight={isReadOnly ? 40 : 120}
          className="-mx-3"
        />
        <AsAsked task={task} />
      </section>
      <Plans projectId={projectId} taskId={task.id} outbox={outbox} isReadOnly={isReadOnly} />
      <Checklist projectId={projectId} task={task} isReadOnly={isReadOnly} />
      <Subtasks projectId={projectId} task={task} attemptId={attemptId} isReadOnly={isReadOnly} />
      <Result projectId={projectId} task={task} attempts={attempts} showDiff={showDiff} />
      <Comments projectId={projectId} taskId={task.id} isReadOnly={isReadOnly} />
    </div>
  )
}
