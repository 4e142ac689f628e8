import { useCallback, useSyncExternalStore } from 'react'
import { useSurroundings } from './board-context.ts'
import type { AroundCard } from './surroundings.ts'

/** What surrounds one card. */
export function useAround(id: string): AroundCard {
  const surroundings = useSurroundings()
  const listen = useCallback((listener: () => void) => surroundings.listen(id, listener), [surroundings, id])
  return useSyncExternalStore(listen, () => surroundings.of(id))
}
