import { expect, test } from 'vitest'
import { whatShows } from './what-shows.ts'

const member = { id: 'a', username: 'Ada', displayName: 'Ada', role: 'owner' as const }

test.each([
  [{ status: 'loading' } as const, '/', 'opening'],
  [{ status: 'loading' } as const, '/join', 'pages'],
  [{ status: 'signed-in', member } as const, '/', 'pages'],
  [{ status: 'signed-out' } as const, '/', 'form'],
  [{ status: 'signed-out', member } as const, '/sign-in', 'form'],
  [{ status: 'signed-out', member } as const, '/projects/p', 'pages, signed out'],
])('X1 %j at %s: %s', (session, pathname, shows) => {
  expect(whatShows(session, pathname)).toBe(shows)
})
