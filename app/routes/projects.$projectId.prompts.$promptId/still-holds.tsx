import type { ReactNode } from 'react'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'

export type StillHoldsProps = {
  isReadOnly: boolean
  onConfirm: () => void
}

/** Something a version rests on has changed: what, as a list, and the word that the version still holds. */
export function StillHolds({
  says,
  list,
  isReadOnly,
  onConfirm,
  children,
}: StillHoldsProps & { says: string; list: string; children: ReactNode }) {
  return (
    <Banner
      kind="warning"
      actions={
        !isReadOnly && (
          <Button size="small" onPress={onConfirm}>
            It still holds
          </Button>
        )
      }
    >
      <p className="font-medium">{says}</p>
      <ul aria-label={list} className="mt-1 flex flex-col gap-1">
        {children}
      </ul>
    </Banner>
  )
}
