import { Link, Outlet, useParams } from '@remix-run/react'
import FolderX from 'lucide-react/icons/folder-x'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import { NotHere } from '#app/shell/not-here.tsx'
import { PageFailed } from '#app/shell/page-failed.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { isId, projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { projectById } from '#domain/projects/queries.ts'
import { DeletedHere } from './deleted-here.tsx'

/** Everything of one project: keeps its rooms open, so that every page under it answers at once. */
export default function Project() {
  const projectId = useParams().projectId ?? ''
  const isReal = isId(projectId)
  const team = useRoom(teamRoom)
  const project = useQuery(isReal ? projectById(projectId) : null)
  const deletedAt = project?.[0]?.deletedAt ?? null
  const isHere = isReal && deletedAt === null
  useRoom(isHere ? projectRoom(projectId) : null)
  useRoom(isHere ? recordRoom(projectId) : null)
  if (!isReal || (team.ready && project?.length === 0)) return <NoSuchProject />
  if (project?.[0] && deletedAt !== null) return <DeletedHere project={{ ...project[0], deletedAt }} />
  return <Outlet />
}

/** The frame around stays, and with it every other place. */
export function ErrorBoundary() {
  return <PageFailed />
}

const NoSuchProject = () => (
  <div className="flex h-full items-center justify-center">
    <NotHere
      isPage
      thing="project"
      icon={<FolderX className="size-8" />}
      actions={
        <Link to="/" className={buttonClasses('primary')}>
          Go to your projects
        </Link>
      }
    />
  </div>
)
