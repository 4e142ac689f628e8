import { useMemo } from 'react'
import { useQuery, useRoom } from '#app/replica/react.tsx'
import type { Offer } from '#app/ui/offers.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { tagsList, tagText } from '#domain/team/tags.ts'

/** The team's tags as what @ offers, by name. */
export function useTagOffers(): readonly (Offer & { insert: string })[] {
  useRoom(teamRoom)
  const tags = useQuery(tagsList())
  return useMemo(
    () =>
      [...(tags ?? [])]
        .sort((a, b) => a.tagName.localeCompare(b.tagName))
        .map((tag) => ({ name: tag.tagName, hint: `tag, v${tag.version}`, group: 'Tags', insert: tagText(tag) })),
    [tags],
  )
}
