import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { answerEditsOf } from '#domain/interviews/queries.ts'
import { sourcesOf } from '#domain/prompts/queries.ts'
import type { NamedCard } from '#domain/tasks/dependencies.ts'
import { cardsNamed } from '#domain/tasks/queries.ts'
import { useChangedSources } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import { blockersElsewhere, type Standing, standingOf } from './standing.ts'
import type { Board } from './use-board.ts'

type Standings = {
  standing: (id: string) => Standing /** A card that others wait for, on the board or not. */
  find: (id: string) => NamedCard | undefined
}

/** How each card stands. What is asked for beyond the board itself is asked once for all of it, and only where there is any. */
export function useStanding(projectId: string, cards: Board['cards']): Standings {
  const edits = useQuery(useMemo(() => answerEditsOf(projectId), [projectId]))
  const versions = useQuery(edits && edits.length > 0 ? sourcesOf(projectId) : null)
  const changed = useChangedSources(projectId, versions)
  const elsewhere = useMemo(() => blockersElsewhere(cards), [cards])
  const away = useQuery(elsewhere.length > 0 ? cardsNamed(projectId, elsewhere) : null)
  return useMemo(() => {
    const awayById = new Map(away?.map((card) => [card.id, card]))
    const find = (id: string) => cards.byId.get(id) ?? awayById.get(id)
    return { find, standing: (id) => standingOf(cards.byId.get(id), find, changed) }
  }, [cards, changed, away])
}
