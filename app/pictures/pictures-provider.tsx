import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useApi, useHeldPictures, useSession } from '#app/replica/react.tsx'
import { PictureSourceContext } from '#app/ui/picture.tsx'
import { openPictures } from './open-pictures.ts'
import type { Pictures } from './pictures.ts'

/** Removed pictures that are shown again are looked for so often. */
const WANTED_MS = 600_000

/** Gives the page the pictures of whoever is signed in, and sends what waits. */
export function PicturesProvider({ children }: { children: ReactNode }) {
  const { member } = useSession()
  const me = member?.id
  const api = useApi()
  const pictures = useMemo(() => (me === undefined ? undefined : openPictures(me)), [me])
  const mayStore = member && member.role !== 'viewer'
  useEffect(() => {
    if (!mayStore) return
    const look = () => import('./bring-back.ts').then(({ bringBackWanted }) => bringBackWanted(() => api.pictures.wanted.query()))
    // Who is out of reach is asked the next time.
    const timer = setInterval(() => void look().catch(() => undefined), WANTED_MS)
    return () => clearInterval(timer)
  }, [mayStore, api])
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
