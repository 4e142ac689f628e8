import { later } from '#app/ui/later.tsx'

/** A board is looked at far more often than its columns are changed. */
export const ColumnDialog = later(() => import('./column-dialog.tsx').then((dialog) => dialog.ColumnDialog))
