import type { ReactNode } from 'react'
import { classes } from './classes.ts'

/** What stands where there is nothing yet: what this place is for, and the first thing to do. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
  className,
}: {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
  className?: string
}) {
  return (
    <section aria-label={title} className={classes('mx-auto flex max-w-xl flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      {icon && (
        <div aria-hidden className="mb-1 text-faint">
          {icon}
        </div>
      )}
      <h2 className="text-lg font-semibold">{title}</h2>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </section>
  )
}
