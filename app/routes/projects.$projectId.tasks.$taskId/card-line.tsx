import { Link } from '@remix-run/react'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { pathOf } from '#app/work/path-of.ts'
import { StatusMark } from '#app/work/status-mark.tsx'
import { useWayBack } from '#app/work/way-back.ts'
import type { NamedCard } from '#domain/tasks/dependencies.ts'

type CardLineProps = {
  projectId: string
  card: NamedCard
  /** What else there is to say about it here. */
  note?: ReactNode
  remove?: { label: string; run: () => void } | undefined
}

/** Another card, by its state and title, with the way to it. */
export function CardLine({ projectId, card, note, remove }: CardLineProps) {
  const { state } = useWayBack(projectId)
  const isOver = card.status === 'done' || card.status === 'cancelled'
  return (
    <li className="group flex min-h-8 items-center gap-1">
      <Link
        to={pathOf({ kind: 'card', id: card.id, projectId })}
        state={state}
        className="-mx-1.5 flex min-w-0 flex-1 items-start gap-2 rounded-md px-1.5 py-1 text-sm hover:bg-hover"
      >
        <span className="mt-0.5 flex">
          <StatusMark status={card.status} />
        </span>
        <span className="min-w-0 flex-1">
          <span className={classes('line-clamp-2 break-words', isOver && 'text-muted')}>
            {card.shortId && <span className="mr-1.5 text-xs text-faint tabular">{card.shortId}</span>}
            {card.title}
          </span>
          {note && <span className="block text-xs text-muted">{note}</span>}
        </span>
      </Link>
      {remove && (
        <IconButton
          label={remove.label}
          className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
          onPress={remove.run}
        >
          <X aria-hidden className="size-3.5" />
        </IconButton>
      )}
    </li>
  )
}
