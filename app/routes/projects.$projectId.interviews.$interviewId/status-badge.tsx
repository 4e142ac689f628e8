import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDot from 'lucide-react/icons/circle-dot'
import CircleSlash from 'lucide-react/icons/circle-slash'
import { Badge } from '#app/ui/badge.tsx'
import type { InterviewStatus } from '#domain/interviews/schema.ts'

/** Where an interview is, as an icon and a word. */
export function StatusBadge({ status }: { status: InterviewStatus }) {
  if (status === 'completed') {
    return (
      <Badge tone="ok" icon={<CircleCheck aria-hidden className="size-3" />}>
        Completed
      </Badge>
    )
  }
  if (status === 'cancelled') return <Badge icon={<CircleSlash aria-hidden className="size-3" />}>Cancelled</Badge>
  return (
    <Badge tone="accent" icon={<CircleDot aria-hidden className="size-3" />}>
      Active
    </Badge>
  )
}
