import type { SessionView } from '#app/replica/shown.ts'

/** What somebody gets to see: the pages, the pages under a line that says they are signed out, the form, or that all is being opened. */
export type Shows = 'opening' | 'form' | 'pages' | 'pages, signed out'

/**
 * What shows to whom. Whoever was signed in and is no more keeps reading and writing what this device holds; an invitation
 * is open to everybody. Where the form shows it takes the token out of the address, where pages show their frame does:
 * also for a person this browser remembers and the server does not, whichever of the two answers first.
 */
export function whatShows({ status, member }: SessionView, pathname: string): Shows {
  if (pathname === '/join') return 'pages'
  if (status === 'loading') return 'opening'
  if (status === 'signed-in') return 'pages'
  return !member || pathname === '/sign-in' ? 'form' : 'pages, signed out'
}
