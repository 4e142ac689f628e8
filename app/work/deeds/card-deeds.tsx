import Archive from 'lucide-react/icons/archive'
import Calendar from 'lucide-react/icons/calendar'
import FolderInput from 'lucide-react/icons/folder-input'
import SignalHigh from 'lucide-react/icons/signal-high'
import Tag from 'lucide-react/icons/tag'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRound from 'lucide-react/icons/user-round'
import type { ReactNode } from 'react'
import type { DeedCard, Deeds } from './deeds.ts'

/** Something that can be done with one card or many; the same list gives the card’s menu, the bar and the command bar, on the board and on the card's page. */
export type Deed = {
  id: string
  label: string
  /** Where nothing stands beside it that says what it is done with: `things` do. */
  inFull: (things: string) => string
  icon: ReactNode
  keys?: string
  isDanger?: boolean
  run: (cards: readonly DeedCard[]) => void
}

const icon = 'size-4'

/** BOARD-25: what can be done with some cards. */
export const cardDeeds = ({ ask, change }: Pick<Deeds, 'ask' | 'change'>): readonly Deed[] => [
  {
    id: 'move',
    label: 'Move to…',
    inFull: (things) => `Move ${things} to…`,
    keys: 'm',
    icon: <FolderInput className={icon} />,
    run: (cards) => ask({ what: 'column', cards }),
  },
  {
    id: 'priority',
    label: 'Priority…',
    inFull: (things) => `Set the priority of ${things}…`,
    keys: 'p',
    icon: <SignalHigh className={icon} />,
    run: (cards) => ask({ what: 'priority', cards }),
  },
  {
    id: 'assignee',
    label: 'Assignee…',
    inFull: (things) => `Set the assignee of ${things}…`,
    keys: 'a',
    icon: <UserRound className={icon} />,
    run: (cards) => ask({ what: 'assignee', cards }),
  },
  {
    id: 'labels',
    label: 'Labels…',
    inFull: (things) => `Set the labels of ${things}…`,
    keys: 't',
    icon: <Tag className={icon} />,
    run: (cards) => ask({ what: 'labels', cards }),
  },
  {
    id: 'due',
    label: 'Due date…',
    inFull: (things) => `Set the due date of ${things}…`,
    keys: 'd',
    icon: <Calendar className={icon} />,
    run: (cards) => ask({ what: 'due', cards }),
  },
  {
    id: 'archive',
    label: 'Archive',
    inFull: (things) => `Archive ${things}`,
    keys: 'e',
    icon: <Archive className={icon} />,
    run: (cards) => change(cards, { patch: { archived: true } }, 'archived'),
  },
  {
    id: 'delete',
    label: 'Delete…',
    inFull: (things) => `Delete ${things}…`,
    isDanger: true,
    icon: <Trash2 className={icon} />,
    run: (cards) => ask({ what: 'delete', cards }),
  },
]
