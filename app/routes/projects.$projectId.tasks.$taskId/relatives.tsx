import Plus from 'lucide-react/icons/plus'
import type { ReactNode } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import type { NamedCard } from '#domain/tasks/dependencies.ts'
import { changeBlockers } from '#domain/tasks/dependency-commands.ts'
import type { Task } from '#domain/tasks/schema.ts'
import { CardLine } from './card-line.tsx'
import { useRelatives } from './use-relatives.ts'

type RelativesProps = { projectId: string; task: Pick<Task, 'id' | 'status'>; isReadOnly: boolean; pickBlocker: () => void }

/** What the card waits for, what waits for it, and what it is a part of. */
export function RelatedCards({ projectId, task, isReadOnly, pickBlocker }: RelativesProps) {
  const taskId = task.id
  const { blockers, dependents, parent, impact } = useRelatives(projectId, taskId)
  const change = useCommand(changeBlockers)
  const release = async (blocker: NamedCard) => {
    const answer = await change({ projectId, taskId, remove: [blocker.id] })
    if (!answer.ok) sayRefusal(answer.message)
  }
  return (
    <>
      {parent && (
        <Group title="Part of">
          <CardLine projectId={projectId} card={parent} />
        </Group>
      )}
      {(blockers.length > 0 || !isReadOnly) && (
        <Group
          title="Blocked by"
          tool={
            !isReadOnly && (
              <IconButton label="Add a blocker" keys="b" onPress={pickBlocker}>
                <Plus aria-hidden className="size-4" />
              </IconButton>
            )
          }
        >
          {blockers.map((blocker) => (
            <CardLine
              key={blocker.id}
              projectId={projectId}
              card={blocker}
              note={blocker.status === 'cancelled' && 'cancelled: take it off to go on without it'}
              remove={isReadOnly ? undefined : { label: `Wait no more for ${blocker.shortId}`, run: () => void release(blocker) }}
            />
          ))}
        </Group>
      )}
      {dependents.length > 0 && (
        <Group title="Blocks">
          {dependents.map((card) => (
            <CardLine
              key={card.id}
              projectId={projectId}
              card={card}
              note={
                impact.ready.includes(card)
                  ? task.status === 'done'
                    ? 'can begin'
                    : 'ready once this is done'
                  : impact.waiting.includes(card) && `${task.status === 'done' ? '' : 'also '}waits for ${namesOf(card.waitsFor)}`
              }
            />
          ))}
        </Group>
      )}
    </>
  )
}

/** Cards by their short names, at most three of them. */
const namesOf = (cards: readonly NamedCard[]): string => {
  const names = cards.slice(0, 3).map(({ shortId, title }) => shortId || title)
  return cards.length > 3 ? `${names.join(', ')} and ${cards.length - 3} more` : names.join(', ')
}

function Group({ title, tool, children }: { title: string; tool?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="flex min-h-7 items-center justify-between">
        <h2 className="text-sm text-muted">{title}</h2>
        {tool}
      </div>
      <ul>{children}</ul>
    </section>
  )
}
