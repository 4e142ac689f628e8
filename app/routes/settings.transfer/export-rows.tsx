import Download from 'lucide-react/icons/download'
import { useState } from 'react'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { Rows } from '../settings/rows.tsx'

export type ExportedProject = { id: string; name: string; key: string; archived: boolean }

/** Every project with the button that fetches all of it. */
export function ExportRows({ projects, isBlocked }: { projects: readonly ExportedProject[]; isBlocked: boolean }) {
  const { call, isPending, refusal } = useServerCall()
  const [asked, setAsked] = useState<string | null>(null)
  const fetchAll = async ({ id, name }: ExportedProject) => {
    setAsked(id)
    const answer = await call((api) => api.parcels.look.query({ projectId: id }))
    if (!answer.ok) return
    const link = document.createElement('a')
    link.href = answer.value.url
    link.download = ''
    link.click()
    sayDone(`The download of “${name}” has begun.`)
  }
  return (
    <Rows label="Projects">
      {projects.map((project) => (
        <li key={project.id} className="px-4 py-2.5">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium">{project.name}</span>
              <span className="block text-xs text-muted">
                {project.key}
                {project.archived && ' · archived'}
              </span>
            </span>
            <Button
              size="small"
              icon={<Download aria-hidden className="size-3.5" />}
              aria-label={`Export everything of ${project.name}`}
              isPending={isPending && asked === project.id}
              isDisabled={isBlocked}
              onPress={() => void fetchAll(project)}
            >
              Export everything
            </Button>
          </div>
          {refusal && asked === project.id && (
            <Banner kind="error" className="mt-2">
              {refusal.message}
            </Banner>
          )}
        </li>
      ))}
    </Rows>
  )
}
