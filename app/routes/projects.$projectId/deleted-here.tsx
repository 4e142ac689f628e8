import FolderX from 'lucide-react/icons/folder-x'
import { isAdmin } from '#app/people/role-words.ts'
import { usePeople } from '#app/people/use-people.ts'
import { RestoreProject } from '#app/projects/restore-project.tsx'
import { useSession } from '#app/replica/react.tsx'
import { usePageTitle } from '#app/shell/use-page-title.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { sayMoment } from '#app/ui/say-time.ts'
import { endOf } from '#domain/projects/removal.ts'

type Deleted = { id: string; name: string; deletedAt: number; deletedBy: string | null }

/** In the place of every page of a deleted project: who deleted it, and the way back. */
export function DeletedHere({ project }: { project: Deleted }) {
  const faceOf = usePeople()
  const { member: me } = useSession()
  usePageTitle('This project was deleted')
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState
        isPage
        icon={<FolderX className="size-8" />}
        title={`“${project.name}” was deleted`}
        actions={<RestoreProject project={project} look="primary" />}
      >
        This project was deleted by {faceOf(project.deletedBy ?? '').name} on {sayMoment(project.deletedAt)}. It can be restored until{' '}
        {sayMoment(endOf(project.deletedAt))}, with everything in it{isAdmin(me?.role) ? '' : ', by an admin or the owner'}.
      </EmptyState>
    </div>
  )
}
