import type { ReactNode } from 'react'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'

/** The frame of a list in settings. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {children}
    </ul>
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
