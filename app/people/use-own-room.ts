import { useRoom, useSession } from '#app/replica/react.tsx'
import { personRoom } from '#domain/core/rooms.ts'

/** Opens the room of what is this person's own, once the page `isIdle`: nothing waits for it. */
export function useOwnRoom(isIdle: boolean): void {
  const { member } = useSession()
  useRoom(isIdle && member ? personRoom(member.id) : null)
}
