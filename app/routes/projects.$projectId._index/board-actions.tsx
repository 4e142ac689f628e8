import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Columns3 from 'lucide-react/icons/columns-3'
import CopyCheck from 'lucide-react/icons/copy-check'
import ExternalLink from 'lucide-react/icons/external-link'
import Filter from 'lucide-react/icons/filter'
import Hand from 'lucide-react/icons/hand'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import SquareCheck from 'lucide-react/icons/square-check'
import X from 'lucide-react/icons/x'
import { useEffect, useMemo } from 'react'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { cardDeeds } from '#app/work/deeds/card-deeds.tsx'
import { useMoves } from './board-context.ts'
import { pickUp } from './drag/key-drag.ts'
import { focusedCardId, rememberFocus } from './keyboard/card-focus.ts'
import { stretch } from './keyboard/stretch.ts'
import { walk } from './keyboard/walk.ts'
import { actedOn } from './selection/acted-on.ts'
import { useSelectedCount } from './selection/use-selected.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { WORDS } from './words.ts'

type Needs = {
  columns: readonly BoardColumn[]
  startAdding: (columnId: string) => void
  addColumn: () => void
  focusFilter: () => void
}

const icon = 'size-4'

/** The keys of the board and what stands in its command bar. Draws nothing: what is selected changes often, and the board stays as it is. */
export function BoardActions({ columns, startAdding, addColumn, focusFilter }: Needs): null {
  const moves = useMoves()
  const selected = useSelectedCount()
  const actions = useMemo<PageAction[]>(() => {
    /** BOARD-25: does something with the cards that are selected, or with the one that has the keyboard. */
    const about = (run: (cards: readonly Card[]) => void) => () => {
      const cards = actedOn(moves)
      if (cards.length > 0) run(cards)
      else sayRefusal(WORDS.chooseFirst)
    }
    const focused = (run: (card: Card) => void) => () => {
      const id = focusedCardId()
      const card = id === null ? undefined : moves.board()?.cards.byId.get(id)
      if (card) run(card)
      else sayRefusal(WORDS.chooseFirst)
    }
    const shift = (step: -1 | 1) =>
      about((cards) => {
        if (cards.some(({ columnId }) => columnId !== cards[0]?.columnId)) return sayRefusal(WORDS.differentColumns)
        const next = columns[columns.findIndex(({ id }) => id === cards[0]?.columnId) + step]
        if (next) moves.moveTo(cards, next.id)
      })
    const columnInUse = () => {
      const id = focusedCardId()
      const card = id === null ? undefined : moves.board()?.cards.byId.get(id)
      return card?.columnId ?? moves.columns()[0]?.id
    }
    const things = selected > 0 ? `${selected} selected ${selected === 1 ? 'card' : 'cards'}` : 'the card'
    const choosing: PageAction[] = [
      { id: 'select', label: 'Select the card, or no longer', keys: 'x', icon: <SquareCheck className={icon} />, run: focused(({ id }) => moves.selection.toggle(id)) }, // biome-ignore format: one action
      { id: 'stretch-down', label: 'Select down to the next card', keys: 'shift+j', icon: <ArrowDown className={icon} />, run: () => stretch(moves, 'down') }, // biome-ignore format: one action
      { id: 'stretch-up', label: 'Select up to the card above', keys: 'shift+k', icon: <ArrowUp className={icon} />, run: () => stretch(moves, 'up') }, // biome-ignore format: one action
      { id: 'select-all', label: 'Select all cards of the column', keys: 'mod+a', isHeardElsewhere: true, icon: <CopyCheck className={icon} />, run: focused(({ id }) => moves.selection.toggleAll(moves.lists.holding(id)?.cards() ?? [])) }, // biome-ignore format: one action
    ]
    if (selected > 0) choosing.unshift({ id: 'clear', label: 'Clear the selection', keys: 'esc', icon: <X className={icon} />, run: () => moves.selection.clear() }) // biome-ignore format: one action
    const walking: PageAction[] = [
      { id: 'down', label: 'Next card', keys: 'j', icon: <ArrowDown className={icon} />, run: () => walk(moves.lists, 'down') },
      { id: 'up', label: 'Previous card', keys: 'k', icon: <ArrowUp className={icon} />, run: () => walk(moves.lists, 'up') },
      { id: 'left', label: 'Column to the left', keys: 'h', icon: <ArrowLeft className={icon} />, run: () => walk(moves.lists, 'left') },
      { id: 'right', label: 'Column to the right', keys: 'l', icon: <ArrowRight className={icon} />, run: () => walk(moves.lists, 'right') }, // biome-ignore format: one action
      { id: 'filter', label: 'Filter the cards', keys: '/', icon: <Filter className={icon} />, run: focusFilter },
      { id: 'open', label: 'Open the card', keys: 'o', icon: <ExternalLink className={icon} />, run: focused(moves.open) },
    ]
    if (!moves.canWrite) return [...walking, ...choosing]
    const deeds = cardDeeds(moves).map<PageAction>(({ id, inFull, run, icon, keys }) => ({
      id,
      label: inFull(things),
      ...(keys ? { keys } : {}),
      icon,
      run: about(run),
    }))
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
      ...deeds,
      { id: 'rename', label: 'Rename the card', keys: 'r', icon: <Pencil className={icon} />, run: focused(({ id }) => moves.renaming.begin(id)) }, // biome-ignore format: one action
      { id: 'shift-left', label: `Move ${things} one column left`, keys: '[', icon: <ArrowLeft className={icon} />, run: shift(-1) },
      { id: 'shift-right', label: `Move ${things} one column right`, keys: ']', icon: <ArrowRight className={icon} />, run: shift(1) },
      {
        id: 'pick-up',
        label: 'Pick the card up, then arrows and Space',
        keys: 'space',
        isHeardElsewhere: true,
        icon: <Hand className={icon} />,
        run: focused((card) => pickUp(card, moves)),
      },
      ...choosing,
      ...walking,
      { id: 'column', label: 'Add a column', icon: <Columns3 className={icon} />, run: addColumn },
      ...columns.slice(1).map(({ id, name }) => ({ id: `left-${id}`, label: `Move column ${name} left`, icon: <ArrowLeft className={icon} />, run: () => void moves.shiftColumn(id, -1) })), // biome-ignore format: one action
      ...columns.slice(0, -1).map(({ id, name }) => ({ id: `right-${id}`, label: `Move column ${name} right`, icon: <ArrowRight className={icon} />, run: () => void moves.shiftColumn(id, 1) })), // biome-ignore format: one action
    ]
  }, [moves, columns, selected, startAdding, addColumn, focusFilter])
  useActions('Board', actions)
  useEffect(rememberFocus, [])
  return null
}
