import FileDiff from 'lucide-react/icons/file-diff'
import FilePenLine from 'lucide-react/icons/file-pen-line'
import { Badge } from '#app/ui/badge.tsx'

/** An answer it was made of has changed since. */
export function SourceBadge() {
  return (
    <Badge tone="warn" icon={<FilePenLine aria-hidden className="size-3" />}>
      source changed
    </Badge>
  )
}

/** A merge touched a file it names. */
export function DriftBadge() {
  return (
    <Badge tone="warn" icon={<FileDiff aria-hidden className="size-3" />}>
      code changed since
    </Badge>
  )
}
