import { usePresence } from '#app/replica/react.tsx'
import { AvatarStack } from '#app/ui/avatar.tsx'
import { projectRoom } from '#domain/core/rooms.ts'

/** Who else is in this project now. */
export function PeopleHere({ projectId }: { projectId: string }) {
  const people = usePresence(projectRoom(projectId))
  const faces = [...new Map(people.map((person) => [person.memberId, { id: person.memberId, name: person.name }])).values()]
  return <AvatarStack faces={faces} most={5} label="Here now" />
}
