import type { Awareness } from 'y-protocols/awareness'
import type { Me, Person } from '../shown.ts'

type State = { user?: { name?: unknown; color?: unknown; memberId?: unknown }; at?: unknown }

/** How light each of twelve hues may be, in percent, so that a white name on it can be read: yellow is light of itself, and blue is not. */
const LIGHTNESS = [53, 39, 28, 31, 32, 31, 31, 46, 60, 59, 47, 51] as const
const STEP = 360 / LIGHTNESS.length

/** A colour that stays with a person: same id, same colour, in every browser. */
export function colorOf(memberId: string): { color: string; colorLight: string } {
  let hash = 0
  for (let at = 0; at < memberId.length; at++) hash = (hash * 31 + memberId.charCodeAt(at)) | 0
  const at = Math.abs(hash) % LIGHTNESS.length
  const color = `${at * STEP} 65% ${LIGHTNESS[at]}%`
  return { color: `hsl(${color})`, colorLight: `hsl(${color} / 0.2)` }
}

/** Shows this person to the others in the room; editors draw the caret from the same words. */
export function greet(awareness: Awareness, me: Me): void {
  const state = awareness.getLocalState() ?? {}
  awareness.setLocalState({ at: null, ...state, user: { name: me.username, memberId: me.id, ...colorOf(me.id) } })
}

/** Everybody else in the room. What others wrote is guarded: anyone can write anything into an awareness state. */
export function peopleIn(awareness: Awareness): Person[] {
  const people: Person[] = []
  for (const [clientId, state] of awareness.getStates() as Map<number, State>) {
    const { user } = state
    if (clientId === awareness.clientID || !user) continue
    const memberId = typeof user.memberId === 'string' ? user.memberId : ''
    const name = typeof user.name === 'string' && user.name ? user.name.slice(0, 100) : 'Somebody'
    people.push({ memberId, name, color: colorOf(memberId || name).color, at: typeof state.at === 'string' ? state.at : null, clientId })
  }
  return people.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.clientId - b.clientId))
}

export const samePeople = (a: readonly Person[], b: readonly Person[]): boolean =>
  a.length === b.length &&
  a.every((person, at) => person.clientId === b[at]?.clientId && person.at === b[at]?.at && person.name === b[at]?.name)
