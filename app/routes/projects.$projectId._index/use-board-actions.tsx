import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Columns3 from 'lucide-react/icons/columns-3'
import ExternalLink from 'lucide-react/icons/external-link'
import Filter from 'lucide-react/icons/filter'
import FolderInput from 'lucide-react/icons/folder-input'
import Hand from 'lucide-react/icons/hand'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { useEffect, useMemo } from 'react'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import type { BoardMoves } from './board-context.ts'
import { pickUp } from './drag/key-drag.ts'
import { focusedCardId, rememberFocus } from './keyboard/card-focus.ts'
import { walk } from './keyboard/walk.ts'
import type { Card } from './use-board.ts'

type Needs = {
  moves: BoardMoves
  startAdding: (columnId: string) => void
  addColumn: () => void
  focusFilter: () => void
  /** Shows the columns to move the card to. */
  chooseColumn: (card: Card) => void
}

const icon = 'size-4'

/** The keys of the board and what stands in its command bar. A card's actions act on the card that has the keyboard. */
export function useBoardActions({ moves, startAdding, addColumn, focusFilter, chooseColumn }: Needs): void {
  const actions = useMemo<PageAction[]>(() => {
    const withCard = (run: (card: Card) => void) => () => {
      const id = focusedCardId()
      const card = id === null ? undefined : moves.board()?.cards.byId.get(id)
      if (card) run(card)
      else sayRefusal('Choose a card first: walk to one with the arrow keys or j and k.')
    }
    const shift = (step: -1 | 1) =>
      withCard((card) => {
        const columns = moves.columns()
        const next = columns[columns.findIndex(({ id }) => id === card.columnId) + step]
        if (next) moves.moveTo(card, next.id)
      })
    const firstColumn = () => moves.columns()[0]?.id
    const columnInUse = () => {
      const id = focusedCardId()
      const card = id === null ? undefined : moves.board()?.cards.byId.get(id)
      return card?.columnId ?? firstColumn()
    }
    const walking: PageAction[] = [
      { id: 'down', label: 'Next card', keys: 'j', icon: <ArrowDown className={icon} />, run: () => walk(moves.lists, 'down') },
      { id: 'up', label: 'Previous card', keys: 'k', icon: <ArrowUp className={icon} />, run: () => walk(moves.lists, 'up') },
      { id: 'left', label: 'Column to the left', keys: 'h', icon: <ArrowLeft className={icon} />, run: () => walk(moves.lists, 'left') },
      {
        id: 'right',
        label: 'Column to the right',
        keys: 'l',
        icon: <ArrowRight className={icon} />,
        run: () => walk(moves.lists, 'right'),
      },
      { id: 'filter', label: 'Filter the cards', keys: '/', icon: <Filter className={icon} />, run: focusFilter },
      { id: 'open', label: 'Open the card', keys: 'o', icon: <ExternalLink className={icon} />, run: withCard(moves.open) },
    ]
    if (!moves.canWrite) return walking
    return [
      {
        id: 'new',
        label: 'New card',
        keys: 'c',
        icon: <Plus className={icon} />,
        run: () => {
          const columnId = columnInUse()
          if (columnId) startAdding(columnId)
        },
      },
      { id: 'move', label: 'Move the card to…', keys: 'm', icon: <FolderInput className={icon} />, run: withCard(chooseColumn) },
      { id: 'shift-left', label: 'Move the card one column left', keys: '[', icon: <ArrowLeft className={icon} />, run: shift(-1) },
      { id: 'shift-right', label: 'Move the card one column right', keys: ']', icon: <ArrowRight className={icon} />, run: shift(1) },
      {
        id: 'pick-up',
        label: 'Pick the card up, then arrows and Space',
        keys: 'space',
        isHeardElsewhere: true,
        icon: <Hand className={icon} />,
        run: withCard((card) => pickUp(card, moves)),
      },
      ...walking,
      { id: 'delete', label: 'Delete the card…', icon: <Trash2 className={icon} />, run: withCard(moves.askDelete) },
      { id: 'column', label: 'Add a column', icon: <Columns3 className={icon} />, run: addColumn },
    ]
  }, [moves, startAdding, addColumn, focusFilter, chooseColumn])
  useActions('Board', actions)
  useEffect(rememberFocus, [])
}
