import ChevronsDown from 'lucide-react/icons/chevrons-down'
import ChevronsUp from 'lucide-react/icons/chevrons-up'
import Copy from 'lucide-react/icons/copy'
import ExternalLink from 'lucide-react/icons/external-link'
import FilePen from 'lucide-react/icons/file-pen'
import Pencil from 'lucide-react/icons/pencil'
import SquareCheck from 'lucide-react/icons/square-check'
import { type Action, MenuAt } from '#app/ui/menu.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { cardDeeds } from '#app/work/deeds/card-deeds.tsx'
import { columnActions } from '#app/work/deeds/column-actions.tsx'
import { type DeedCard, sayCards } from '#app/work/deeds/deeds.ts'
import { useMoves } from './board-context.ts'

const icon = 'size-4'

/** Everything one can do with a card from the board, or with all that are selected, by mouse, keyboard or thumb. There is one, shown beside the card that asked. */
export function CardMenu({ cards, anchor, onClose }: { cards: readonly DeedCard[]; anchor: Element; onClose: () => void }) {
  const moves = useMoves()
  const named = sayCards(cards)
  const deeds = cardDeeds(moves)
    .filter(({ id }) => id !== 'move')
    .map<Action & { isLast: boolean }>(({ run, ...deed }) => ({
      ...deed,
      isLast: deed.id === 'archive' || deed.id === 'delete',
      run: () => run(cards),
    }))
  const copy = () =>
    void navigator.clipboard
      .writeText(cards.map(({ shortId }) => shortId).join(', '))
      .then(() => sayDone(`${named} ${cards.length === 1 ? 'is' : 'are'} copied.`))
  const groups = [
    { title: 'Move to', actions: moves.canWrite ? columnActions(moves, cards) : [] },
    { title: 'Set', actions: moves.canWrite ? deeds.filter(({ isLast }) => !isLast) : [] },
    {
      actions: [
        ...ofOne(cards, ({ id }) => ({
          id: 'select',
          label: moves.selection.ids.has(id) ? 'Deselect' : 'Select',
          keys: 'x',
          icon: <SquareCheck className={icon} />,
          run: () => moves.selection.toggle(id),
        })),
        ...ofOne(cards, (card) => ({
          id: 'open',
          label: 'Open',
          keys: 'enter',
          icon: <ExternalLink className={icon} />,
          run: () => moves.open(card),
        })),
        ...ofOne(moves.canWrite ? cards : [], ({ id }) => ({
          id: 'rename',
          label: 'Rename',
          keys: 'r',
          icon: <Pencil className={icon} />,
          run: () => moves.renaming.begin(id),
        })),
        ...ofOne(moves.canWrite ? cards : [], (card) => ({
          id: 'top',
          label: 'To the top of the column',
          icon: <ChevronsUp className={icon} />,
          run: () => moves.moveWithin(card, 'top'),
        })),
        ...ofOne(moves.canWrite ? cards : [], (card) => ({
          id: 'bottom',
          label: 'To the bottom of the column',
          icon: <ChevronsDown className={icon} />,
          run: () => moves.moveWithin(card, 'bottom'),
        })),
        ...ofOne(moves.canWrite ? cards.filter(({ promptId }) => promptId !== null) : [], (card) => ({
          id: 'prompt',
          label: 'Edit its prompt…',
          icon: <FilePen className={icon} />,
          run: () => moves.ask({ what: 'prompt', cards: [card] }),
        })),
        { id: 'copy', label: cards.length === 1 ? `Copy ${named}` : 'Copy their ids', icon: <Copy className={icon} />, run: copy },
      ],
    },
    { actions: moves.canWrite ? deeds.filter(({ isLast }) => isLast) : [] },
  ]
  return (
    <MenuAt label={`Actions for ${named}`} anchor={anchor} onClose={onClose} groups={groups.filter(({ actions }) => actions.length > 0)} />
  )
}

/** What can be done with one card only. */
function ofOne(cards: readonly DeedCard[], action: (card: DeedCard) => Action): Action[] {
  const [card] = cards
  return card && cards.length === 1 ? [action(card)] : []
}
