import Archive from 'lucide-react/icons/archive'
import Calendar from 'lucide-react/icons/calendar'
import FolderInput from 'lucide-react/icons/folder-input'
import SignalHigh from 'lucide-react/icons/signal-high'
import Tag from 'lucide-react/icons/tag'
import Trash2 from 'lucide-react/icons/trash-2'
import UserRound from 'lucide-react/icons/user-round'
import type { ReactNode } from 'react'
import type { BoardMoves } from '../board-context.ts'
import type { Card } from '../use-board.ts'

/** Something that can be done with one card or many; the same list gives the card’s menu, the bar and the command bar. */
export type Deed = { id: string; label: string; icon: ReactNode; keys?: string; isDanger?: boolean; run: (cards: readonly Card[]) => void }

const icon = 'size-4'

/** BOARD-25: what can be done with some cards. */
export const cardDeeds = ({ ask, change }: Pick<BoardMoves, 'ask' | 'change'>): readonly Deed[] => [
  { id: 'move', label: 'Move to…', keys: 'm', icon: <FolderInput className={icon} />, run: (cards) => ask({ what: 'column', cards }) },
  {
    id: 'priority',
    label: 'Priority…',
    keys: 'p',
    icon: <SignalHigh className={icon} />,
    run: (cards) => ask({ what: 'priority', cards }),
  },
  { id: 'assignee', label: 'Assignee…', keys: 'a', icon: <UserRound className={icon} />, run: (cards) => ask({ what: 'assignee', cards }) },
  { id: 'labels', label: 'Labels…', keys: 't', icon: <Tag className={icon} />, run: (cards) => ask({ what: 'labels', cards }) },
  { id: 'due', label: 'Due date…', keys: 'd', icon: <Calendar className={icon} />, run: (cards) => ask({ what: 'due', cards }) },
  {
    id: 'archive',
    label: 'Archive',
    keys: 'e',
    icon: <Archive className={icon} />,
    run: (cards) => change(cards, { patch: { archived: true } }, 'archived'),
  },
  { id: 'delete', label: 'Delete…', isDanger: true, icon: <Trash2 className={icon} />, run: (cards) => ask({ what: 'delete', cards }) },
]
