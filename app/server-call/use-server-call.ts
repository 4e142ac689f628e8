import { useCallback, useEffect, useRef, useState } from 'react'
import { useApi, useSyncState } from '#app/replica/react.tsx'
import { type Answer, accept, type Refusal } from '#domain/core/refusal.ts'
import { readRefusal } from './read-refusal.ts'

type Api = ReturnType<typeof useApi>

/** A connection that was lost a moment ago is no news; one that stays away this long is. */
const PATIENCE_MS = 3000

/** A page that is opened when the server is long away says so at once, and nothing on it jumps. */
const patienceLeft = (lostAt: number | null): number => (lostAt === null ? PATIENCE_MS : Math.max(0, lostAt + PATIENCE_MS - Date.now()))

/** Why a thing that needs the server can't be done now, or null when it can (or nobody knows yet): a hint for the page, never a reason not to try. */
export function useOffline(): string | null {
  const { connection, lostAt } = useSyncState()
  const [isAway, setAway] = useState(() => typeof navigator !== 'undefined' && (!navigator.onLine || patienceLeft(lostAt) === 0))
  useEffect(() => {
    if (connection !== 'offline') return setAway(!navigator.onLine)
    const timer = setTimeout(() => setAway(true), navigator.onLine ? patienceLeft(lostAt) : 0)
    return () => clearTimeout(timer)
  }, [connection, lostAt])
  if (connection === 'refused') return 'The server refused this browser. Sign in again to do this.'
  return isAway && connection !== 'online' ? 'You are offline. This needs the server and can be done when it is back.' : null
}

/**
 * One call to the server that makes no sense later (a test, an invitation, a link): its pending state and its last
 * refusal, for the button and the line beside it. It is always tried: the call itself learns soonest whether the server is there.
 */
export function useServerCall() {
  const api = useApi()
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  const call = useCallback(
    async <T>(ask: (api: Api) => Promise<T>): Promise<Answer<T>> => {
      setRefusal(null)
      setPending(true)
      try {
        return accept(await ask(api))
      } catch (error) {
        return refused(readRefusal(error))
      } finally {
        if (isHere.current) setPending(false)
      }
      function refused(why: Refusal): Refusal {
        if (isHere.current) setRefusal(why)
        return why
      }
    },
    [api],
  )
  const clear = useCallback(() => setRefusal(null), [])
  return { call, isPending, refusal, clear }
}
