import { useLocation } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useKeepsHere, useSession } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { later } from '#app/ui/later.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { takeToken } from './token-in-url.ts'
import { useSignIn } from './use-sign-in.ts'
import { whatShows } from './what-shows.ts'

/** Most who come are signed in. */
const SignInForm = later(() => import('./sign-in-form.tsx').then((form) => form.SignInForm))

/**
 * Lets those in who are signed in. Whoever was signed in and is no more keeps reading and writing what this device holds,
 * under a line that says so. An invitation is open to everybody.
 */
export function SignInGate({ children }: { children: ReactNode }) {
  const session = useSession()
  const { pathname } = useLocation()
  const shows = whatShows(session, pathname)
  const isKept = useKeepsHere()
  useTokenInAddress(shows === 'pages' || shows === 'pages, signed out')
  if (shows === 'opening') return <Opening />
  if (shows === 'form') return <SignInForm />
  if (shows === 'pages') return children
  return (
    <div className="flex h-dvh flex-col">
      <Banner
        kind="warning"
        className="rounded-none"
        actions={
          <a href="/sign-in" className={buttonClasses('plain', 'small')}>
            Sign in
          </a>
        }
      >
        {isKept
          ? 'You are signed out. What you write is kept on this device and sent after you sign in again.'
          : 'You are signed out, and nothing is kept on this device. Leave this page open and sign in in another tab: what you write is sent then.'}
      </Banner>
      <div className="min-h-0 flex-1 *:h-full!">{children}</div>
    </div>
  )
}

/** Somebody who sees pages and opens a sign-in address: the token is used and leaves the address. */
function useTokenInAddress(isSeen: boolean): void {
  const { signIn, refusal } = useSignIn()
  const done = useRef(false)
  useEffect(() => {
    const found = isSeen && !done.current ? takeToken(location.href) : null
    if (!found) return
    done.current = true
    void signIn(found.token, found.rest)
  }, [isSeen, signIn])
  useEffect(() => {
    if (refusal && refusal.code !== 'cookie-not-kept') sayRefusal(refusal.message)
  }, [refusal])
}

function Opening() {
  return (
    <Loading label="Opening Slipway" className="flex h-dvh">
      <div className="hidden w-56 flex-col gap-3 border-r border-line p-4 md:flex">
        <Skeleton className="h-5 w-28" />
        <Skeleton className="mt-4 h-4 w-36" />
        <Skeleton className="h-4 w-32" />
        <Skeleton className="h-4 w-36" />
      </div>
      <div className="flex-1 p-4">
        <Skeleton className="h-6 w-40" />
      </div>
    </Loading>
  )
}
