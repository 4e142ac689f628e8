import type { Tone } from './badge.tsx'
import { classes } from './classes.ts'

const COLOURS: Record<Tone, string> = { neutral: 'bg-faint', accent: 'bg-accent', ok: 'bg-ok', warn: 'bg-warn', danger: 'bg-danger' }

/** A dot beside words that say the same; it pulses while something is under way. */
export function StatusDot({ tone = 'neutral', isLive = false, className }: { tone?: Tone; isLive?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={classes('inline-block size-2 shrink-0 rounded-full', COLOURS[tone], isLive && 'animate-pulse-dot', className)}
    />
  )
}
