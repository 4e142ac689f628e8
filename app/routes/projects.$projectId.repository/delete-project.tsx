import { useNavigate } from '@remix-run/react'
import { useQuery } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Confirm } from '#app/ui/confirm.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { whatGoes } from '#domain/changes/what-goes.ts'
import { RESTORABLE_DAYS } from '#domain/projects/removal.ts'
import type { Project } from '#domain/projects/schema.ts'
import { sayWhatGoes } from './say-what-goes.ts'

/** Asks before a project is deleted, with everything that goes; then leads to the projects. */
export function DeleteProject({ project, onClose }: { project: Pick<Project, 'id' | 'name'>; onClose: () => void }) {
  const { call, isPending, refusal } = useServerCall()
  const navigate = useNavigate()
  const goes = useQuery(whatGoes(project.id))?.[0]

  const remove = async () => {
    if (isPending || !goes) return
    const answer = await call((api) => api.projects.remove.mutate({ projectId: project.id }))
    if (!answer.ok) return
    onClose()
    navigate('/')
    sayDone(`“${project.name}” is deleted. It can be restored for ${RESTORABLE_DAYS} days.`)
  }

  return (
    <Confirm
      title={`Delete “${project.name}”?`}
      isOpen
      onClose={onClose}
      onConfirm={() => void remove()}
      verb="Delete project"
      isDanger
      isPending={isPending || !goes}
      error={refusal?.message ?? null}
    >
      <p>It goes from everybody’s pages, with all that this device knows of it:</p>
      <ul aria-label="What goes" className="my-2 list-disc pl-5 text-ink tabular">
        {goes ? sayWhatGoes(goes).map((line) => <li key={line}>{line}</li>) : <li>counting…</li>}
      </ul>
      {goes && goes.branches.length > 0 && (
        <>
          <p>Nobody has merged what is on these branches. They stay in the repository:</p>
          <ul aria-label="Branches that are not merged" className="my-2 max-h-32 overflow-auto font-mono text-xs text-ink scroll-thin">
            {goes.branches.map((branch) => (
              <li key={branch} className="break-all">
                {branch}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>For {RESTORABLE_DAYS} days it can be restored, with everything in it. After that it is gone for good.</p>
    </Confirm>
  )
}
