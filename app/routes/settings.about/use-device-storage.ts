import { useEffect, useState } from 'react'
import { sayBytes } from '#app/ui/say-bytes.ts'

/** How much this browser keeps of Slipway, and whether it may throw it away when space is short. */
export function useDeviceStorage(): readonly (readonly [string, string])[] {
  const [facts, setFacts] = useState<readonly (readonly [string, string])[]>([['Kept here', '…']])
  useEffect(() => {
    let isGone = false
    readStorage().then(
      (found) => !isGone && setFacts(found),
      () => !isGone && setFacts([['Kept here', 'This browser does not say.']]),
    )
    return () => {
      isGone = true
    }
  }, [])
  return facts
}

async function readStorage(): Promise<readonly (readonly [string, string])[]> {
  if (!navigator.storage?.estimate) return [['Kept here', 'This browser does not say.']]
  const [{ usage = 0, quota = 0 }, isPersisted] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted?.() ?? false,
  ])
  return [
    ['Kept here', sayBytes(usage)],
    ['Room on this device', quota > 0 ? sayBytes(quota) : 'unknown'],
    ['When space is short', isPersisted ? 'This browser keeps it.' : 'This browser may throw it away; what is on the server comes back.'],
  ]
}
