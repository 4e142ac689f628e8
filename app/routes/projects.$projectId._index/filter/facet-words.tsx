import Calendar from 'lucide-react/icons/calendar'
import Circle from 'lucide-react/icons/circle'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import SignalHigh from 'lucide-react/icons/signal-high'
import Tag from 'lucide-react/icons/tag'
import UserRound from 'lucide-react/icons/user-round'
import { type ReactNode, useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useSession } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { labelsOf } from '#app/work/deeds/holds.ts'
import { PRIORITY_LABELS, PriorityIcon } from '#app/work/priority.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import { PRIORITIES, TASK_STATUSES } from '#domain/tasks/schema.ts'
import { membersList } from '#domain/team/queries.ts'
import type { Card } from '../use-board.ts'
import { DUES, type Due, type Facet, ME, NOBODY } from './card-filter.ts'

export const FACET_LABELS: Readonly<Record<Facet, string>> = {
  status: 'Status',
  priority: 'Priority',
  assignee: 'Assignee',
  label: 'Label',
  due: 'Due',
}
const DUE_LABELS: Readonly<Record<Due, string>> = { overdue: 'Overdue', today: 'Today', week: 'Within a week', none: 'No due date' }
const icon = 'size-4'
export const FACET_ICONS: Readonly<Record<Facet, ReactNode>> = {
  status: <CircleDashed className={icon} />,
  priority: <SignalHigh className={icon} />,
  assignee: <UserRound className={icon} />,
  label: <Tag className={icon} />,
  due: <Calendar className={icon} />,
}

export type FacetValue = { id: string; label: string; icon: ReactNode }

/** A value of a facet as people read it, and all there are to choose from. */
export function useFacetWords(): {
  say: (facet: Facet, value: string) => string
  all: (facet: Facet, cards: readonly Card[]) => FacetValue[]
} {
  const face = usePeople()
  const { member: me } = useSession()
  const members = useQuery(membersList())
  return useMemo(() => {
    const say = (facet: Facet, value: string): string => {
      if (facet === 'status') return STATUS_LABELS[value as keyof typeof STATUS_LABELS]
      if (facet === 'priority') return PRIORITY_LABELS[value as keyof typeof PRIORITY_LABELS]
      if (facet === 'due') return DUE_LABELS[value as Due]
      if (facet === 'label') return value
      return value === ME ? 'Me' : value === NOBODY ? 'Nobody' : face(value).name
    }
    const people = (members ?? []).filter(({ id, isActive, role }) => isActive && role !== 'runner' && id !== me?.id).map(({ id }) => id)
    const values = (facet: Facet, cards: readonly Card[]): readonly string[] => {
      if (facet === 'status') return TASK_STATUSES
      if (facet === 'priority') return [...PRIORITIES].reverse()
      if (facet === 'due') return DUES
      return facet === 'label' ? labelsOf(cards) : [ME, NOBODY, ...people]
    }
    const iconOf = (facet: Facet, value: string): ReactNode => {
      if (facet === 'priority') return <PriorityIcon priority={value as keyof typeof PRIORITY_LABELS} isDecor />
      if (facet !== 'assignee') return FACET_ICONS[facet]
      const who = value === ME ? me?.id : value
      return value === NOBODY || who === undefined ? <Circle className={icon} /> : <Avatar face={face(who)} size={16} label="" />
    }
    return { say, all: (facet, cards) => values(facet, cards).map((id) => ({ id, label: say(facet, id), icon: iconOf(facet, id) })) }
  }, [face, me, members])
}
