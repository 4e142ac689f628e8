import { usePresence } from '#app/replica/react.tsx'
import { AvatarStack } from '#app/ui/avatar.tsx'
import type { RoomName } from '#domain/core/rooms.ts'
import { FOLLOW } from './follow/followed.ts'
import { usePeople } from './use-people.ts'

/** Who else is in a room now, by the names they have now; at most so many faces. Pressed, this page follows them. */
export function PeopleHere({ room, most }: { room: RoomName; most: number }) {
  const people = usePresence(room)
  const face = usePeople()
  const faces = [...new Set(people.map(({ memberId }) => memberId))].map(face)
  return <AvatarStack faces={faces} most={most} label="Here now" press={FOLLOW} />
}
