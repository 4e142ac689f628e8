import { useLocation } from '@remix-run/react'

/** `name` stands after "Back to". */
type Place = { to: string; name: string }
export type WayBack = Place & { state: { from: Place } }

/** The state of a link to a card, on a page that one wants to come back to. */
export const comingFrom = (to: string, name: string): WayBack['state'] => ({ from: { to, name } })

/** SHELL-4: from a card one goes back to the page whose link led to it, also past other cards, else to its board. Links to other cards hand `state` on. */
export function wayBack(state: unknown, projectId: string): WayBack {
  const given = (state as { from?: unknown } | null)?.from
  const from = isPlace(given) ? given : { to: `/projects/${projectId}`, name: 'the board' }
  return { ...from, state: { from } }
}

/** The way back from the card in sight. */
export const useWayBack = (projectId: string): WayBack => wayBack(useLocation().state, projectId)

/** A history entry may be another version's. */
const isPlace = (given: unknown): given is Place =>
  typeof given === 'object' &&
  given !== null &&
  'to' in given &&
  typeof given.to === 'string' &&
  'name' in given &&
  typeof given.name === 'string'
