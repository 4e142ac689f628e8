import { isAdmin } from '#app/people/role-words.ts'
import { useSession } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Button } from '#app/ui/button.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import type { DeletedProject } from '#domain/projects/queries.ts'

/** Brings a deleted project back; nothing for those who may not. */
export function RestoreProject({ project, look }: { project: Pick<DeletedProject, 'id' | 'name'>; look?: 'primary' }) {
  const { member: me } = useSession()
  const { call, isPending } = useServerCall()
  if (!isAdmin(me?.role)) return null
  const restore = async () => {
    const answer = await call((api) => api.projects.restore.mutate({ projectId: project.id }))
    if (answer.ok) sayDone(`“${project.name}” is restored, with everything in it.`)
    else sayRefusal(answer.message)
  }
  return (
    <Button {...(look ? { look } : {})} onPress={() => void restore()} isPending={isPending}>
      Restore <span className="sr-only">{project.name}</span>
    </Button>
  )
}
