import { useNavigate } from '@remix-run/react'
import { useCallback, useState } from 'react'
import { refreshSession, useApi } from '#app/replica/react.tsx'
import { readRefusal } from '#app/server-call/read-refusal.ts'
import type { Refusal } from '#domain/core/refusal.ts'

/** Signs this browser in with a token and goes on to an address of ours. */
export function useSignIn() {
  const api = useApi()
  const navigate = useNavigate()
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const signIn = useCallback(
    async (token: string, goTo: string) => {
      setPending(true)
      setRefusal(null)
      try {
        await api.session.signIn.mutate({ token })
        await refreshSession()
        navigate(goTo, { replace: true })
      } catch (error) {
        setRefusal(readRefusal(error))
      } finally {
        setPending(false)
      }
    },
    [api, navigate],
  )
  return { signIn, isPending, refusal }
}
