import { createContext, useContext } from 'react'
import type { Face } from '#app/ui/avatar.tsx'
import type { Marks } from './marks.ts'
import type { DropSpot } from './neighbours.ts'
import type { BoardColumn, Card } from './use-board.ts'

/** What a card shows beside its own fields. It changes often, so cards read it here and the lists of cards stay as they are. */
export type CardSurroundings = {
  marks: ReadonlyMap<string, Marks>
  unsaved: ReadonlySet<string>
  people: ReadonlyMap<string, readonly Face[]>
  face: (id: string) => Face
}
export const SurroundingsContext = createContext<CardSurroundings>({
  marks: new Map(),
  unsaved: new Set(),
  people: new Map(),
  face: (id) => ({ id, name: id }),
})
export const useSurroundings = (): CardSurroundings => useContext(SurroundingsContext)

/** What can be done with cards. The object stays the same while the board is open. */
export type BoardMoves = {
  projectId: string
  columns: () => readonly BoardColumn[]
  open: (card: Card) => void
  /** Drops cards between others, as a pointer or the keyboard let them go. */
  drop: (ids: readonly string[], columnId: string, spot: DropSpot) => void
  /** To the top of a column, and the keyboard goes along. */
  moveTo: (card: Card, columnId: string) => void
  moveWithin: (card: Card, to: 'top' | 'bottom') => void
  add: (columnId: string, title: string) => Promise<string | null>
  askDelete: (card: Card) => void
  openMenu: (card: Card, anchor: Element) => void
  canWrite: boolean
}
export const MovesContext = createContext<BoardMoves | null>(null)

/** The moves of the board around. */
export function useMoves(): BoardMoves {
  const moves = useContext(MovesContext)
  if (!moves) throw new Error('a card stands outside of a board')
  return moves
}
