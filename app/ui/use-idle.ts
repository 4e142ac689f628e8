import { useEffect, useState } from 'react'
import { idle } from './idle.ts'

const PATIENCE_MS = 3_000

/** True once the page is drawn and has nothing better to do: for what nothing on it waits for. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false)
  useEffect(() => {
    let isGone = false
    void idle(PATIENCE_MS).then(() => isGone || setIdle(true))
    return () => {
      isGone = true
    }
  }, [])
  return isIdle
}
