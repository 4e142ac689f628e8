import { useCallback, useState } from 'react'
import { useApi } from '#app/replica/react.tsx'
import { readRefusal } from '#app/server-call/read-refusal.ts'
import type { Refusal } from '#domain/core/refusal.ts'

/**
 * Signs this browser in with a token, then loads the page anew: every tab, the worker and the sync connection start with
 * the new session. The button stays pending until the page goes.
 */
export function useSignIn() {
  const api = useApi()
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const signIn = useCallback(
    async (token: string, goTo: string) => {
      setPending(true)
      setRefusal(null)
      try {
        await api.session.signIn.mutate({ token })
        location.replace(goTo)
      } catch (error) {
        setRefusal(readRefusal(error))
        setPending(false)
      }
    },
    [api],
  )
  return { signIn, isPending, refusal }
}
