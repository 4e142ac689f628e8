import { useMemo } from 'react'
import { useRoom, useSession } from '#app/replica/react.tsx'
import { type OwnPlace, roomOfOwn } from '#domain/core/rooms.ts'

/** Where this person keeps what is theirs about a project, kept open while it is asked for; `canKeep` once it is known who they are. */
export function useOwnPlace(projectId: string): { place: OwnPlace; canKeep: boolean } {
  const { member } = useSession()
  const personId = member?.role === 'viewer' ? member.id : null
  const place = useMemo(() => ({ projectId, personId }), [projectId, personId])
  const { canWrite } = useRoom(roomOfOwn(place))
  return useMemo(() => ({ place, canKeep: canWrite }), [place, canWrite])
}
