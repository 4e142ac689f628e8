import type { ReactNode } from 'react'
import { Button } from '#app/ui/button.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'

/** The frame of a list in settings. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {children}
    </ul>
  )
}

type SettingRowProps = { title: string; about: string; children: ReactNode; isDefault?: boolean; toDefault?: (() => void) | undefined }

/** One choice in such a list: what it is and does, the choice itself, and the way back to how it was at first. */
export function SettingRow({ title, about, children, isDefault = true, toDefault }: SettingRowProps) {
  return (
    <li className="grid grid-cols-1 items-start gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,1fr)_minmax(0,320px)]">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-muted">{about}</p>
      </div>
      <div className="flex items-start gap-1">
        <div className="flex min-h-8 min-w-0 flex-1 items-center gap-2">{children}</div>
        {toDefault && (
          <Button look="quiet" isDisabled={isDefault} onPress={toDefault} aria-label={`${title}: use the default`}>
            Use default
          </Button>
        )}
      </div>
    </li>
  )
}

/** The frame while its rows are being read. */
export function LoadingRows({ label }: { label: string }) {
  return (
    <Loading label={label} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {['w-40', 'w-56', 'w-32'].map((width) => (
        <div key={width} className="flex h-12 items-center px-4">
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </Loading>
  )
}
