import { lazy, Suspense } from 'react'
import type { ColumnDialogProps } from './column-dialog.tsx'

const Fetched = lazy(() => import('./column-dialog.tsx').then(({ ColumnDialog }) => ({ default: ColumnDialog })))

/** The fields of a column. They are fetched when first asked for: a board is looked at far more often than its columns are changed. */
export function ColumnDialogLater(props: ColumnDialogProps) {
  return (
    <Suspense fallback={null}>
      <Fetched {...props} />
    </Suspense>
  )
}
