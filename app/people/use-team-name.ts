import { useQuery, useSession } from '#app/replica/react.tsx'
import { teamNameShown } from '#domain/team/team-name.ts'

/** What the team is called: as it was changed last, or as the server said when the page asked who is here. */
export function useTeamName(): string | undefined {
  const { team } = useSession()
  const shown = useQuery(teamNameShown())?.[0]?.value
  return typeof shown === 'string' ? shown : team?.name
}
