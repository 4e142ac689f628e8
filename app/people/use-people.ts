import { useMemo } from 'react'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { membersList } from '#domain/team/queries.ts'

export type Face = { id: string; name: string }

/** Who stands behind an id: a member's name, or the plain words for those who are no member. */
export function usePeople(): (id: string) => Face {
  const members = useQuery(membersList())
  const { member: me } = useSession()
  return useMemo(() => {
    const names = new Map((members ?? []).map(({ id, username }) => [id, username]))
    if (me && !names.has(me.id)) names.set(me.id, me.username)
    return (id) => ({ id, name: names.get(id) ?? nameless(id) })
  }, [members, me])
}

function nameless(id: string): string {
  if (id === 'builtin') return 'Built-in list'
  if (id === 'system') return 'Slipway'
  if (id.startsWith('runner:')) return 'Runner'
  return id === '' || /^[0-9a-f-]{36}$/.test(id) ? 'Somebody' : id
}
