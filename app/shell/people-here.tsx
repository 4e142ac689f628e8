import { usePeople } from '#app/people/use-people.ts'
import { usePresence } from '#app/replica/react.tsx'
import { AvatarStack } from '#app/ui/avatar.tsx'
import { projectRoom } from '#domain/core/rooms.ts'

/** Who else is in this project now. */
export function PeopleHere({ projectId }: { projectId: string }) {
  const people = usePresence(projectRoom(projectId))
  const face = usePeople()
  const faces = [...new Set(people.map(({ memberId }) => memberId))].map(face)
  return <AvatarStack faces={faces} most={5} label="Here now" />
}
