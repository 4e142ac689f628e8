import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import ChevronsUp from 'lucide-react/icons/chevrons-up'
import Equal from 'lucide-react/icons/equal'
import Minus from 'lucide-react/icons/minus'
import { classes } from '#app/ui/classes.ts'
import type { Priority } from '#domain/tasks/schema.ts'

export const PRIORITY_LABELS: Readonly<Record<Priority, string>> = {
  none: 'No priority',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  urgent: 'Urgent',
}
const ICONS = { none: Minus, low: ChevronDown, medium: Equal, high: ChevronUp, urgent: ChevronsUp } as const

/** A priority as a small arrow. `isDecor` where the words stand beside it. */
export function PriorityIcon({ priority, isDecor = false }: { priority: Priority; isDecor?: boolean }) {
  const Icon = ICONS[priority]
  const colour = priority === 'urgent' ? 'text-danger' : priority === 'high' ? 'text-warn' : 'text-faint'
  const label = `Priority: ${PRIORITY_LABELS[priority]}`
  return (
    <span
      {...(isDecor ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label, title: label })}
      className={classes('inline-flex', colour)}
    >
      <Icon className="size-3.5" strokeWidth={2.5} />
    </span>
  )
}
