import { classes } from './classes.ts'

/** Holds the place of what is still coming, in its size. Name what is coming once, on the place around it: `<Loading label="Loading the board">`. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('block animate-shimmer rounded-md bg-pressed', className)} />
}

/** Says once to a screen reader what is being loaded; its content is the skeletons. */
export function Loading({ label, className, children }: { label: string; className?: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-label={label} aria-busy className={className}>
      {children}
    </div>
  )
}
