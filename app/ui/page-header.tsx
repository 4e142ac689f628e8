import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** The top of a page: where one is, and what one can do here. Its height never changes. */
export function PageHeader({
  title,
  before,
  after,
  actions,
  className,
}: {
  title: ReactNode
  before?: ReactNode
  after?: ReactNode
  actions?: ReactNode
  className?: string
}) {
  return (
    <header className={classes('flex h-12 shrink-0 items-center gap-1 border-b border-line px-4 md:gap-2', className)}>
      {before}
      <h1 className="min-w-0 truncate text-lg font-semibold">{title}</h1>
      {after}
      <div className="ml-auto flex shrink-0 items-center gap-1 md:gap-2">{actions}</div>
    </header>
  )
}
