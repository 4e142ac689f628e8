import type { Journal } from '#server/journal/journal.ts'
import type { Rooms } from '#server/rooms/rooms.ts'
import type { Bell } from '#server/turns/bell.ts'
import type { Instances } from './instances.ts'

/** What happens here is told to the other servers, where there are any: never before it is durable, and without the bytes. Rooms learn what is known of them. */
export function tellOthers(instances: Instances, { journal, rooms, bell }: { journal: Journal; rooms: Rooms; bell: Bell }): void {
  journal.onCommitted((entries, seqs) => {
    if (instances.isAlone) return
    const newest = new Map<string, number>()
    for (const [at, { room }] of entries.entries()) newest.set(room, seqs[at] ?? 0)
    for (const [room, seq] of newest) instances.tell({ kind: 'room', room, seq })
  })
  rooms.others = () => instances.others
  rooms.onOpen = (room) => instances.tell({ kind: 'who', room })
  rooms.onPresence = (room, who) => instances.tell({ kind: 'presence', room, who })
  bell.onRing = (name) => instances.tell({ kind: 'bell', name })
}
