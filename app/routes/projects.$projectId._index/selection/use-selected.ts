import { useCallback, useSyncExternalStore } from 'react'
import { useMoves } from '../board-context.ts'

/** Whether a card is selected. */
export function useSelected(id: string): boolean {
  const { selection } = useMoves()
  const listen = useCallback((listener: () => void) => selection.listen(id, listener), [selection, id])
  return useSyncExternalStore(listen, () => selection.ids.has(id))
}

/** How many cards are selected. */
export function useSelectedCount(): number {
  const { selection } = useMoves()
  return useSyncExternalStore(selection.subscribe, () => selection.ids.size)
}
