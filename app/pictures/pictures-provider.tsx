import { type ReactNode, useMemo } from 'react'
import { useSession } from '#app/replica/react.tsx'
import { type PictureSource, PictureSourceContext } from '#app/ui/picture.tsx'
import { openPictures } from './open-pictures.ts'

/** Gives the page the pictures of whoever is signed in, and sends what waits. */
export function PicturesProvider({ children }: { children: ReactNode }) {
  const me = useSession().member?.id
  const source = useMemo<PictureSource | undefined>(() => (me === undefined ? undefined : openPictures(me)), [me])
  return source ? <PictureSourceContext.Provider value={source}>{children}</PictureSourceContext.Provider> : children
}
