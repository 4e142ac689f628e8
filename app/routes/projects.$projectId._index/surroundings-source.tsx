import { useDeferredValue, useLayoutEffect, useMemo } from 'react'
import { useBeAt, usePresence, useUnsaved } from '#app/replica/react.tsx'
import type { Face } from '#app/ui/avatar.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import type { Surroundings } from './surroundings.ts'
import { type Board, useMarks } from './use-board.ts'
import { useStanding } from './use-standing.ts'

type Props = { projectId: string; cards: Board['cards']; surroundings: Surroundings }

/** Gathers what surrounds the cards: what the record says, what is not yet on the server, who is there, what holds them. It draws nothing itself. */
export function SurroundingsSource({ projectId, cards, surroundings }: Props): null {
  const marks = useMarks(projectId)
  // All cards are looked through for it: a card that was moved is shown at its place first.
  const { standing, find } = useStanding(projectId, useDeferredValue(cards))
  const unsaved = useUnsaved()
  const present = usePresence(projectRoom(projectId))
  useBeAt(projectRoom(projectId), null)
  const people = useMemo(() => {
    const at = new Map<string, Face[]>()
    for (const { memberId, name, at: place } of present) {
      if (place === null) continue
      const faces = at.get(place) ?? []
      if (!faces.some(({ id }) => id === memberId)) at.set(place, [...faces, { id: memberId, name }])
    }
    return at
  }, [present])
  useLayoutEffect(
    () => surroundings.change({ marks, unsaved, people, standing, find }),
    [surroundings, marks, unsaved, people, standing, find],
  )
  return null
}
