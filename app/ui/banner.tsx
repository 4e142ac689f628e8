import CircleAlert from 'lucide-react/icons/circle-alert'
import CloudOff from 'lucide-react/icons/cloud-off'
import Info from 'lucide-react/icons/info'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type BannerKind = 'error' | 'warning' | 'offline' | 'info'

const KINDS = {
  error: { icon: CircleAlert, look: 'bg-danger-soft text-danger' },
  warning: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  offline: { icon: CloudOff, look: 'bg-warn-soft text-warn' },
  info: { icon: Info, look: 'bg-accent-soft text-accent' },
} as const

/** One sentence that names cause and cure, with at most two buttons: beside it, or below where it is narrow. */
export function Banner({
  kind,
  children,
  actions,
  className,
}: {
  kind: BannerKind
  children: ReactNode
  actions?: ReactNode
  className?: string
}) {
  const { icon: Icon, look } = KINDS[kind]
  return (
    <div
      role={kind === 'error' ? 'alert' : 'status'}
      className={classes('flex flex-wrap items-start gap-2 rounded-md px-3 py-2 text-sm', look, className)}
    >
      <Icon aria-hidden className={classes('size-4 shrink-0', actions ? 'mt-1.5' : 'mt-0.5')} />
      <div className={classes('min-w-0 flex-1 basis-56 break-words text-ink', actions ? 'py-1' : false)}>{children}</div>
      {actions && <div className="ml-auto flex shrink-0 gap-2">{actions}</div>}
    </div>
  )
}
