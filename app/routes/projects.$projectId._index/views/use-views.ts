import { useMemo } from 'react'
import { useQuery, useSession } from '#app/replica/react.tsx'
import type { OwnPlace } from '#domain/core/rooms.ts'
import { viewsOf } from '#domain/tasks/queries.ts'
import { readLook, writeLook } from '../filter/look.ts'
import type { View } from './current-view.ts'

const ALWAYS: readonly View[] = [
  { id: 'all', name: 'All cards', query: '', isOwn: false },
  { id: 'mine', name: 'Assigned to me', query: 'assignee=me', isOwn: false },
]

/** The views of a board: those everybody has, then one's own in the order they were made. */
export function useViews(place: OwnPlace): readonly View[] {
  const { member: me } = useSession()
  const kept = useQuery(useMemo(() => (me ? viewsOf(place, me.id) : null), [place, me]))
  return useMemo(() => {
    const own = [...(kept ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
    // A view kept by another version may say the same in other words.
    return [...ALWAYS, ...own.map((view) => ({ ...view, query: writeLook(readLook(view.query)), isOwn: true }))]
  }, [kept])
}
