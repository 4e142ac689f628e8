import ArrowRightToLine from 'lucide-react/icons/arrow-right-to-line'
import ChevronsDown from 'lucide-react/icons/chevrons-down'
import ChevronsUp from 'lucide-react/icons/chevrons-up'
import Copy from 'lucide-react/icons/copy'
import ExternalLink from 'lucide-react/icons/external-link'
import Trash2 from 'lucide-react/icons/trash-2'
import { MenuAt } from '#app/ui/menu.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { decideTransition } from '#domain/core/lifecycle.ts'
import { taskLifecycle } from '#domain/tasks/rules.ts'
import { type BoardMoves, useMoves } from './board-context.ts'
import type { Card } from './use-board.ts'

/** Everything one can do with a card from the board, by mouse, keyboard or thumb. There is one, shown beside the card that asked. */
export function CardMenu({ card, anchor, onClose }: { card: Card; anchor: Element; onClose: () => void }) {
  const moves = useMoves()
  const icon = 'size-4'
  return (
    <MenuAt
      label={`Actions for ${card.shortId}`}
      anchor={anchor}
      onClose={onClose}
      groups={[
        { title: 'Move to', actions: columnChoices(moves, card) },
        {
          actions: [
            { id: 'open', label: 'Open', keys: 'enter', icon: <ExternalLink className={icon} />, run: () => moves.open(card) },
            ...(moves.canWrite
              ? [
                  {
                    id: 'top',
                    label: 'To the top of the column',
                    icon: <ChevronsUp className={icon} />,
                    run: () => moves.moveWithin(card, 'top'),
                  },
                  {
                    id: 'bottom',
                    label: 'To the bottom of the column',
                    icon: <ChevronsDown className={icon} />,
                    run: () => moves.moveWithin(card, 'bottom'),
                  },
                ]
              : []),
            {
              id: 'copy',
              label: `Copy ${card.shortId}`,
              icon: <Copy className={icon} />,
              run: () => void navigator.clipboard.writeText(card.shortId).then(() => sayDone(`${card.shortId} is copied.`)),
            },
          ],
        },
        ...(moves.canWrite
          ? [
              {
                actions: [
                  { id: 'delete', label: 'Delete…', isDanger: true, icon: <Trash2 className={icon} />, run: () => moves.askDelete(card) },
                ],
              },
            ]
          : []),
      ].filter((group) => group.actions.length > 0)}
    />
  )
}

/** The columns a card can go to; those its status forbids say so and refuse with the domain's sentence when chosen. */
export function columnChoices(moves: BoardMoves, card: Card) {
  if (!moves.canWrite) return []
  return moves.columns().map((column) => {
    const isLegal = decideTransition(taskLifecycle, card.status, column.status).ok
    return {
      id: `to-${column.id}`,
      label: column.name,
      icon: <ArrowRightToLine className="size-4" />,
      isChosen: column.id === card.columnId,
      ...(isLegal ? {} : { hint: 'not from here' }),
      run: () => moves.moveTo(card, column.id),
    }
  })
}
