import { useState } from 'react'
import { useTeamName } from '#app/people/use-team-name.ts'
import { Button } from '#app/ui/button.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { teamName } from '#domain/team/team-name.ts'
import { Rows } from '../settings/rows.tsx'
import { NameDialog } from './name-dialog.tsx'

/** What the team is called, and for admins another name. */
export function TeamRow({ mayManage, offline }: { mayManage: boolean; offline: string | null }) {
  const name = useTeamName()
  const [isRenaming, setRenaming] = useState(false)
  return (
    <Rows label="Team">
      <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
        <span className="min-w-0 flex-1 basis-32 truncate font-medium">{name ?? '…'}</span>
        {mayManage && (
          <Button
            look="quiet"
            size="small"
            aria-label="Rename the team"
            isDisabled={offline !== null || name === undefined}
            onPress={() => setRenaming(true)}
          >
            Rename
          </Button>
        )}
      </li>
      {isRenaming && (
        <NameDialog
          title="Rename the team"
          hint="What everybody here sees the team called"
          current={name ?? ''}
          schema={teamName}
          rename={(api, wanted) => api.team.rename.mutate({ name: wanted })}
          onRenamed={(wanted) => sayDone(`The team is now called ${wanted}.`)}
          onClose={() => setRenaming(false)}
        />
      )}
    </Rows>
  )
}
