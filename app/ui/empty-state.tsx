import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** What stands where there is nothing yet: what this place is for, and the first thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  isPage = false,
  className,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Where it is the whole page: its title is the page's heading. */
  isPage?: boolean
  className?: string
}) {
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <section aria-label={title} className={classes('mx-auto flex max-w-xl flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      {icon && (
        <div aria-hidden className="mb-1 text-faint">
          {icon}
        </div>
      )}
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </section>
  )
}
