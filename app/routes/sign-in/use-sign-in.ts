import { useNavigate } from '@remix-run/react'
import { useCallback, useState } from 'react'
import { refreshSession, useApi } from '#app/replica/react.tsx'
import { readRefusal } from '#app/server-call/read-refusal.ts'
import { type Refusal, refuse } from '#domain/core/refusal.ts'
import { takeToken } from './token-in-url.ts'

/** Shown when the server said yes and this browser is signed out all the same; whoever is in never sees it. */
const NOT_KEPT = refuse(
  'cookie-not-kept',
  'The server let you in, but this browser did not keep the sign-in. Allow cookies for this address, then try again.',
)

/** Takes the token out of the address once it is used up; not before, so that a reload in between still signs in. */
function stripToken(): void {
  const found = takeToken(location.href)
  if (found) history.replaceState(history.state, '', found.rest)
}

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
        stripToken()
        await refreshSession()
        setRefusal(NOT_KEPT)
        navigate(goTo, { replace: true })
      } catch (error) {
        stripToken()
        setRefusal(readRefusal(error))
      } finally {
        setPending(false)
      }
    },
    [api, navigate],
  )
  return { signIn, isPending, refusal }
}
