import Circle from 'lucide-react/icons/circle'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleDot from 'lucide-react/icons/circle-dot'
import CircleX from 'lucide-react/icons/circle-x'
import { classes } from '#app/ui/classes.ts'
import type { TaskStatus } from '#domain/tasks/schema.ts'
import { STATUS_LABELS } from './status-words.ts'

const MARKS = {
  backlog: { Icon: CircleDashed, colour: 'text-faint' },
  todo: { Icon: Circle, colour: 'text-muted' },
  in_progress: { Icon: CircleDot, colour: 'text-warn' },
  review: { Icon: CircleDot, colour: 'text-accent' },
  done: { Icon: CircleCheck, colour: 'text-ok' },
  cancelled: { Icon: CircleX, colour: 'text-faint' },
} satisfies Record<TaskStatus, unknown>

/** A card's status as a small picture, with its words for who does not see it. */
export function StatusMark({ status }: { status: TaskStatus }) {
  const { Icon, colour } = MARKS[status]
  return (
    <span role="img" aria-label={STATUS_LABELS[status]} title={STATUS_LABELS[status]} className={classes('shrink-0', colour)}>
      <Icon aria-hidden className="size-4" />
    </span>
  )
}
