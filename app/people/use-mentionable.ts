import { useMemo } from 'react'
import { useQuery, useSession } from '#app/replica/react.tsx'
import type { Offer } from '#app/ui/offers.ts'
import type { Named } from '#domain/tasks/mentions.ts'
import { membersList } from '#domain/team/queries.ts'
import { ROLE_WORDS } from './role-words.ts'

type Mentionable = { people: readonly Named[]; offers: readonly (Offer & { insert: string })[] }

/** Who can be mentioned, and what @ offers of them: everybody but oneself. */
export function useMentionable(): Mentionable {
  const members = useQuery(membersList())
  const me = useSession().member?.id
  return useMemo(() => {
    const active = (members ?? []).filter(({ isActive, role }) => isActive && role !== 'runner')
    const others = active.filter(({ id }) => id !== me).sort((a, b) => a.username.localeCompare(b.username))
    return {
      people: active.map(({ id, username }) => ({ id, name: username })),
      offers: others.map(({ username, role }) => ({
        name: username,
        hint: ROLE_WORDS[role].label,
        group: 'People',
        insert: `@${username} `,
      })),
    }
  }, [members, me])
}
