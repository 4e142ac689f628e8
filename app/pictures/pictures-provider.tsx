import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import { useHeldPictures, useSession } from '#app/replica/react.tsx'
import { PictureSourceContext } from '#app/ui/picture.tsx'
import { openPictures } from './open-pictures.ts'
import type { Pictures } from './pictures.ts'

/** Gives the page the pictures of whoever is signed in, and sends what waits. */
export function PicturesProvider({ children }: { children: ReactNode }) {
  const me = useSession().member?.id
  const pictures = useMemo(() => (me === undefined ? undefined : openPictures(me)), [me])
  if (!pictures) return children
  return (
    <PictureSourceContext.Provider value={pictures}>
      <Counted pictures={pictures} />
      {children}
    </PictureSourceContext.Provider>
  )
}

function Counted({ pictures }: { pictures: Pictures }) {
  useHeldPictures(useSyncExternalStore(pictures.subscribe, pictures.held))
  return null
}
