import { isAdmin } from '#app/people/role-words.ts'
import { useConsequence, useQuery } from '#app/replica/react.tsx'
import { Switch } from '#app/ui/switch.tsx'
import { demandsOf } from '#domain/projects/queries.ts'
import type { Role } from '#domain/team/schema.ts'

/** Whether attempts in this project start from approved versions only. Everybody sees it; an admin sets it. */
export function DemandApproved({ projectId, role }: { projectId: string; role: Role | undefined }) {
  const demands = useQuery(demandsOf(projectId))
  const ask = useConsequence()
  const isDemanded = demands?.[0]?.approvedPrompts ?? false
  return (
    <div className="mt-4 px-4">
      <Switch
        isSelected={isDemanded}
        isDisabled={!isAdmin(role) || demands === undefined}
        onChange={(approvedPrompts) => void ask('projects.demand', { projectId, approvedPrompts })}
      >
        Only approved versions may be started
      </Switch>
      <p className="mt-0.5 pl-9 text-xs text-muted">
        {isDemanded
          ? 'An attempt at a card whose prompt is a draft is refused, naming who can approve it.'
          : 'Now an attempt starts from any version.'}
        {!isAdmin(role) && ' An admin decides this.'}
      </p>
    </div>
  )
}
