import { useState } from 'react'
import { useSession, useSyncState } from '#app/replica/react.tsx'
import { type DeviceTrouble, keepsHere } from '#app/replica/shown.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { useSaveUnsent } from '#app/unsent/use-save-unsent.ts'

const OVER_THE_PAGE = 'shrink-0 rounded-none border-b border-line'
const reload = (): void => window.location.reload()

/** SHELL-3: over every page, in full, why something cannot be saved or read at the moment and what helps; nothing while it can. */
export function Troubles() {
  const { trouble, device } = useSyncState()
  const { isOutdated } = useSession()
  return (
    <>
      {trouble && (
        <Banner kind="warning" className={OVER_THE_PAGE}>
          {trouble}
        </Banner>
      )}
      {device && <OfDevice key={device.sentence} device={device} />}
      {isOutdated && device?.kind !== 'newer' && device?.kind !== 'outdated' && (
        <Banner kind="info" className={OVER_THE_PAGE} actions={<Reload />}>
          The server runs another version of Slipway than this page.{' '}
          {keepsHere({ device }) ? 'Reload to get it; what you wrote is kept.' : 'Reload to get it once everything is on the server.'}
        </Banner>
      )}
    </>
  )
}

const Reload = () => (
  <Button size="small" onPress={reload}>
    Reload
  </Button>
)

/** What is wrong with keeping things here, and the way out for what is nowhere else. */
function OfDevice({ device }: { device: DeviceTrouble }) {
  const { waiting, pictures } = useSyncState()
  const saveUnsent = useSaveUnsent()
  const [isDismissed, setDismissed] = useState(false)
  if (isDismissed) return null
  const save = async () => {
    const saved = await saveUnsent()
    if (saved) sayDone('Your changes are saved as a file. To bring them back: Settings, About.')
  }
  const canReload = device.kind === 'newer' || device.kind === 'outdated' || device.kind === 'unreadable'
  return (
    <Banner
      kind="warning"
      className={OVER_THE_PAGE}
      actions={
        <>
          {waiting > pictures && device.kind !== 'outdated' && (
            <Button size="small" onPress={save}>
              Save as a file
            </Button>
          )}
          {canReload && <Reload />}
          {device.kind === 'thrown-away' && (
            <Button size="small" onPress={() => setDismissed(true)}>
              OK
            </Button>
          )}
        </>
      }
    >
      {device.sentence}
    </Banner>
  )
}
