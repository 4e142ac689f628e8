import { useCallback } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { acceptSuggestions, rejectSuggestions } from '#domain/tasks/suggestions.ts'

export type Decide = (what: 'accept' | 'reject', ids: readonly string[]) => Promise<void>

/** Decides about suggested cards, all of one press in one step that can be undone, and says what came of it. */
export function useDecide(projectId: string, key: string): Decide {
  const accept = useCommand(acceptSuggestions)
  const reject = useCommand(rejectSuggestions)
  return useCallback(
    async (what, ids) => {
      const answer = what === 'accept' ? await accept({ projectId, key, ids: [...ids] }) : await reject({ projectId, ids: [...ids] })
      if (!answer.ok) return sayRefusal(answer.message)
      const cards = ids.length === 1 ? 'One card is' : `${ids.length} cards are`
      sayDone(what === 'accept' ? `${cards} on the board.` : `${cards} not suggested again.`)
    },
    [accept, reject, projectId, key],
  )
}
