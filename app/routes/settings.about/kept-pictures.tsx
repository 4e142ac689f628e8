import { useEffect, useState } from 'react'
import { useApi, useSyncState } from '#app/replica/react.tsx'
import { Facts } from '../settings/facts.tsx'
import { Section } from '../settings/section.tsx'
import { type Kept, sayKept } from './say-kept.ts'

/** What the server keeps of pictures and files, and what it let go of. */
export function KeptPictures() {
  const api = useApi()
  const { connection } = useSyncState()
  const [kept, setKept] = useState<Kept | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the server is back
  useEffect(() => {
    let isGone = false
    api.pictures.kept.query().then(
      (found) => !isGone && setKept(found),
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [api, connection])
  return (
    <Section
      title="Pictures and files on the server"
      lead="One that nothing shows any more is removed after a while. How long that is stands under Limits; a device that still has it brings it back when it is shown again."
    >
      <Facts facts={sayKept(kept)} />
    </Section>
  )
}
