import { useSyncState } from '#app/replica/react.tsx'
import { classes } from '#app/ui/classes.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { saySync } from './say-sync.ts'

/** Where what one wrote is now, in words, always in sight. */
export function SyncState({ isNarrow = false, className }: { isNarrow?: boolean; className?: string }) {
  const sync = useSyncState()
  const { tone, words, detail } = saySync(sync)
  return (
    <div
      role="status"
      aria-label="Sync state"
      title={sync.sentence}
      className={classes(
        'flex min-w-0 gap-2 text-xs leading-4',
        isNarrow ? 'flex-col items-center gap-1 text-center' : 'items-baseline',
        className,
      )}
    >
      <StatusDot tone={tone} isLive={sync.waiting > 0 && sync.connection === 'online' && !sync.trouble} />
      <span
        className={classes(
          'min-w-0 overflow-hidden break-words text-ellipsis',
          tone === 'danger' ? 'font-medium text-danger' : 'text-muted',
        )}
      >
        {words}
        {detail && <span className={classes('text-faint', isNarrow && 'block')}>{isNarrow ? detail : ` · ${detail}`}</span>}
      </span>
      <span className="sr-only">{sync.sentence}</span>
    </div>
  )
}
