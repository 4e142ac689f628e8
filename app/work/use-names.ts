import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { columnsOf, namesOfCards } from '#domain/tasks/queries.ts'
import type { Names } from './say-lost.ts'

/** What names stand behind the ids in values of a project; those of cards only `withCards`. */
export function useNames(projectId: string, withCards: boolean): Names {
  const face = usePeople()
  const columns = useQuery(columnsOf(projectId))
  const cards = useQuery(withCards ? namesOfCards(projectId) : null)
  return useMemo(
    () => ({
      person: (id) => face(id).name,
      card: (id) => cards?.find((card) => card.id === id)?.shortId || 'a card that is gone',
      column: (id) => columns?.find((column) => column.id === id)?.name ?? 'a column that is gone',
    }),
    [face, columns, cards],
  )
}
