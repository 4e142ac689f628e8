import { type ReactNode, useState } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { editProject } from '#domain/projects/commands.ts'
import { RESTORABLE_DAYS } from '#domain/projects/removal.ts'
import type { Project } from '#domain/projects/schema.ts'
import { DeleteProject } from './delete-project.tsx'

type PutAwayProps = {
  project: Pick<Project, 'id' | 'name' | 'archived'>
  mayWrite: boolean
  /** Why this person cannot delete it now; null where they can. */
  mayNotDelete: string | null
}

/** What is done with a project nobody works in any more: out of sight, or deleted. */
export function PutAway({ project, mayWrite, mayNotDelete }: PutAwayProps) {
  const edit = useCommand(editProject)
  const [isAsking, setAsking] = useState(false)
  const { archived } = project
  const archive = async () => {
    const answer = await edit({ projectId: project.id, patch: { archived: !archived } })
    if (answer.ok) sayDone(archived ? 'The project is back among the others.' : 'The project is archived.')
    else sayRefusal(answer.message)
  }
  return (
    <div className="divide-y divide-line rounded-lg border border-line bg-surface">
      <Deed
        what={
          archived
            ? 'It is archived: in no list and no switcher. Everything else is as it was.'
            : 'Archived, it leaves the list of projects and the switcher. Nothing else changes, and one click brings it back.'
        }
      >
        <Button onPress={() => void archive()} isDisabled={!mayWrite}>
          {archived ? 'Bring back' : 'Archive project'}
        </Button>
      </Deed>
      <Deed what={mayNotDelete ?? `Deleted, it can be restored for ${RESTORABLE_DAYS} days. Branches in the repository stay as they are.`}>
        <Button onPress={() => setAsking(true)} isDisabled={mayNotDelete !== null}>
          Delete project…
        </Button>
      </Deed>
      {isAsking && <DeleteProject project={project} onClose={() => setAsking(false)} />}
    </div>
  )
}

function Deed({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <p className="min-w-0 flex-1 basis-60 text-sm text-muted">{what}</p>
      {children}
    </div>
  )
}
