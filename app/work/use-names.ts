import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery } from '#app/replica/react.tsx'
import { namesOfPrompts } from '#domain/prompts/queries.ts'
import { versionName } from '#domain/prompts/rules.ts'
import { columnsOf, namesOfCards } from '#domain/tasks/queries.ts'
import type { Names } from './say-lost.ts'

/** What names stand behind the ids in values of a project: people, columns, and what the fields named can hold. */
export function useNames(projectId: string, fields: readonly string[]): Names {
  const face = usePeople()
  const columns = useQuery(columnsOf(projectId))
  const cards = useQuery(fields.includes('dependsOn') ? namesOfCards(projectId) : null)
  const prompts = useQuery(fields.includes('promptId') ? namesOfPrompts(projectId) : null)
  return useMemo(
    () => ({
      person: (id) => face(id).name,
      card: (id) => cards?.find((card) => card.id === id)?.shortId || 'a card that is gone',
      prompt: (id) => {
        const prompt = prompts?.find((prompt) => prompt.id === id)
        return prompt ? versionName(prompt) : 'a prompt that is gone'
      },
      column: (id) => columns?.find((column) => column.id === id)?.name ?? 'a column that is gone',
    }),
    [face, columns, cards, prompts],
  )
}
