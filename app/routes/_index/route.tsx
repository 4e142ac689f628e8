import FolderPlus from 'lucide-react/icons/folder-plus'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useMemo, useState } from 'react'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { PageFailed } from '#app/shell/page-failed.tsx'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { projectCounts } from '#domain/changes/count.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { deletedProjects, projectsList } from '#domain/projects/queries.ts'
import { NewProject } from './new-project.tsx'
import { ProjectRow } from './project-row.tsx'
import { PutAwayProjects } from './put-away-projects.tsx'

export const meta = () => [{ title: 'Projects · Slipway' }]

/** From this many projects on, finding one by eye takes longer than typing three letters. */
const MANY = 8

/** Every project of the team, the one changed last first. */
export default function Projects() {
  const { canWrite } = useRoom(teamRoom)
  const { member } = useSession()
  const projects = useQuery(projectsList())
  const archived = useQuery(projectsList(true))
  const deleted = useQuery(deletedProjects())
  const counts = useQuery(projectCounts())
  const [isMaking, setMaking] = useState(false)
  const [wanted, setWanted] = useState('')
  const countsById = useMemo(() => new Map((counts ?? []).map((count) => [count.id, count])), [counts])
  const shown = useMemo(
    () =>
      (projects ?? [])
        .filter(({ name, key }) => `${name} ${key}`.toLowerCase().includes(wanted.trim().toLowerCase()))
        .sort((a, b) => b.updatedAt - a.updatedAt),
    [projects, wanted],
  )
  /** Nothing was archived or deleted either. */
  const isFirst = (archived?.length ?? 0) + (deleted?.length ?? 0) === 0
  const isViewer = member?.role === 'viewer'
  const newProject = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onPress={() => setMaking(true)}
      isDisabled={isViewer && !canWrite}
    >
      New project
    </Button>
  )

  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Projects" actions={newProject} />
      <div className="min-h-0 flex-1 overflow-auto scroll-thin">
        <div className="mx-auto max-w-5xl px-4 py-4">
          {projects && projects.length > MANY && (
            <TextField
              label="Find a project"
              hideLabel
              noMessage
              value={wanted}
              onChange={setWanted}
              placeholder="Find a project"
              className="mb-3 max-w-xs"
            />
          )}
          {!projects && <Rows />}
          {projects?.length === 0 && (
            <EmptyState
              icon={<FolderPlus className="size-8" />}
              title={isFirst ? 'No project yet' : 'No project is under way'}
              actions={
                !isViewer && <Button onPress={() => setMaking(true)}>{isFirst ? 'Make the first project' : 'Make a project'}</Button>
              }
            >
              A project holds the interviews, prompts and cards of one piece of work, and the repository they end up in.
              {isViewer && ' As a viewer you will see projects here once a member has made one.'}
            </EmptyState>
          )}
          {projects && projects.length > 0 && shown.length === 0 && (
            <EmptyState
              icon={<Search className="size-8" />}
              title={`Nothing is called “${wanted.trim()}”`}
              actions={<Button onPress={() => setWanted('')}>Show all</Button>}
            />
          )}
          {shown.length > 0 && (
            <ul aria-label="Projects" className="overflow-hidden rounded-lg border border-line bg-surface">
              {shown.map((project) => (
                <ProjectRow key={project.id} project={project} counts={countsById.get(project.id)} />
              ))}
            </ul>
          )}
          {projects && <PutAwayProjects archived={archived} deleted={deleted} mayWrite={canWrite && !isViewer} />}
        </div>
      </div>
      {isMaking && <NewProject onClose={() => setMaking(false)} />}
    </div>
  )
}

/** The frame around stays, and with it every other place. */
export function ErrorBoundary() {
  return <PageFailed />
}

function Rows() {
  return (
    <Loading label="Loading the projects" className="overflow-hidden rounded-lg border border-line bg-surface">
      {[48, 36, 56].map((width) => (
        <div key={width} className="flex h-[41px] items-center gap-4 border-b border-line px-4 last:border-b-0">
          <Skeleton className="h-4 w-8" />
          <Skeleton className="h-4 flex-1 max-w-60" />
        </div>
      ))}
    </Loading>
  )
}
