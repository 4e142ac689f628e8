import BadgeCheck from 'lucide-react/icons/badge-check'
import PencilLine from 'lucide-react/icons/pencil-line'
import { Badge } from '#app/ui/badge.tsx'

/** Whether a version is a draft or approved, as an icon and a word. */
export function LabelBadge({ label }: { label: 'draft' | 'approved' }) {
  return label === 'approved' ? (
    <Badge tone="ok" icon={<BadgeCheck aria-hidden className="size-3" />}>
      Approved
    </Badge>
  ) : (
    <Badge icon={<PencilLine aria-hidden className="size-3" />}>Draft</Badge>
  )
}
