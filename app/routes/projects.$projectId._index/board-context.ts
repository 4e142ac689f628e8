import { createContext, useContext } from 'react'
import type { Face } from '#app/ui/avatar.tsx'
import type { DeedCard, Deeds, Question } from '#app/work/deeds/deeds.ts'
import type { Hand } from './drag/hand.ts'
import type { DropSpot } from './drag/neighbours.ts'
import type { Lists } from './lists.ts'
import type { Renaming } from './rename/renaming.ts'
import type { Selection } from './selection/selection.ts'
import type { Surroundings } from './surroundings.ts'
import type { Board, BoardColumn, Card } from './use-board.ts'

/** What stands over the board, and the cards it is about. */
export type Asked = { cards: readonly DeedCard[] } & (
  | { what: 'menu'; anchor: Element }
  | { what: 'delete' }
  | { what: 'prompt' }
  | { what: Question }
)

/** What can be done with cards. The object stays the same while the board is open. */
export type BoardMoves = Deeds & {
  projectId: string
  /** The board as it is at this moment. */
  board: () => Board | undefined
  columns: () => readonly BoardColumn[]
  /** What is held over the board, and the lists it is held over. */
  hand: Hand
  lists: Lists
  /** Which cards are selected. */
  selection: Selection
  open: (card: Pick<Card, 'id'>) => void
  /** Drops cards between others, as a pointer or the keyboard let them go, the keyboard with them if asked. Answers whether they may stand there. */
  drop: (ids: readonly string[], columnId: string, spot: DropSpot, withFocus: boolean) => Promise<boolean>
  moveWithin: (card: Pick<Card, 'id' | 'columnId'>, to: 'top' | 'bottom') => void
  /** Which card is being renamed where it stands. */
  renaming: Renaming
  /** Gives a card another title. Answers whether it has it. */
  rename: (card: Card, title: string) => Promise<boolean>
  /** Puts a column before another one, or at the right end. */
  moveColumn: (columnId: string, beforeId: string | null) => Promise<void>
  /** One place to the left or to the right, where there is one; the keyboard stays with the column's own menu. */
  shiftColumn: (columnId: string, step: -1 | 1) => Promise<void>
  add: (columnId: string, words: string) => Promise<string | null>
  /** Opens something over the board that is about cards. */
  ask: (asked: Asked) => void
  canWrite: boolean
}
export const MovesContext = createContext<BoardMoves | null>(null)
export const SurroundingsContext = createContext<Surroundings | null>(null)

export const FaceContext = createContext<((id: string) => Face) | null>(null)

/** The moves of the board around. */
export const useMoves = (): BoardMoves => onBoard(useContext(MovesContext))

/** What surrounds the cards of the board around. */
export const useSurroundings = (): Surroundings => onBoard(useContext(SurroundingsContext))

/** Who stands behind an id. */
export const useFace = (): ((id: string) => Face) => onBoard(useContext(FaceContext))

function onBoard<T>(value: T | null): T {
  if (value === null) throw new Error('a card stands outside of a board')
  return value
}
