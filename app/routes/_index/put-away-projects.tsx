import { Link } from '@remix-run/react'
import { type ReactNode, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { RestoreProject } from '#app/projects/restore-project.tsx'
import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import type { RowIn } from '#domain/core/query.ts'
import { editProject } from '#domain/projects/commands.ts'
import type { deletedProjects, projectsList } from '#domain/projects/queries.ts'
import { daysLeft } from '#domain/projects/removal.ts'

type Props = {
  archived: readonly RowIn<typeof projectsList>[] | undefined
  deleted: readonly RowIn<typeof deletedProjects>[] | undefined
  mayWrite: boolean
}

/** At the end of the projects: those that are archived, and those that were deleted and can be restored, a quiet line each. */
export function PutAwayProjects({ archived, deleted, mayWrite }: Props) {
  const edit = useCommand(editProject)
  const faceOf = usePeople()
  const bringBack = async (projectId: string) => {
    const answer = await edit({ projectId, patch: { archived: false } })
    if (!answer.ok) sayRefusal(answer.message)
  }
  return (
    <div className="mt-4 flex flex-col items-start gap-2">
      <Quiet count={archived?.length ?? 0} what="archived">
        {[...(archived ?? [])]
          .sort((a, b) => b.updatedAt - a.updatedAt)
          .map(({ id, name, key }) => (
            <Line key={id} id={id} name={name} short={key}>
              <Button onPress={() => void bringBack(id)} isDisabled={!mayWrite}>
                Bring back <span className="sr-only">{name}</span>
              </Button>
            </Line>
          ))}
      </Quiet>
      <Quiet count={deleted?.length ?? 0} what="deleted">
        {(deleted ?? []).map((project) => (
          <Line
            key={project.id}
            id={project.id}
            name={project.name}
            short={project.key}
            more={`Deleted by ${faceOf(project.deletedBy ?? '').name}, ${sayLeft(daysLeft(project.deletedAt, Date.now()))}`}
          >
            <RestoreProject project={project} />
          </Line>
        ))}
      </Quiet>
    </div>
  )
}

const sayLeft = (days: number): string => (days === 1 ? 'one day left' : `${days} days left`)

/** “2 deleted projects”, and what they are when it is pressed. */
function Quiet({ count, what, children }: { count: number; what: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  if (count === 0) return null
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="rounded-sm text-sm text-muted underline-offset-2 transition-colors hover:text-ink hover:underline focus-visible:ring-focus"
      >
        {count} {what} {count === 1 ? 'project' : 'projects'}
      </button>
      {isOpen && (
        <ul
          aria-label={what === 'deleted' ? 'Deleted projects' : 'Archived projects'}
          className="w-full divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface"
        >
          {children}
        </ul>
      )}
    </>
  )
}

function Line({ id, name, short, more, children }: { id: string; name: string; short: string; more?: string; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
      <span className="min-w-0 flex-1 basis-48">
        <span className="flex min-w-0 items-baseline gap-2">
          <Link to={`/projects/${id}`} className="truncate font-medium underline-offset-2 hover:underline">
            {name}
          </Link>
          <span className="shrink-0 font-mono text-xs text-faint">{short}</span>
        </span>
        {more && <span className="block text-sm text-muted">{more}</span>}
      </span>
      {children}
    </li>
  )
}
