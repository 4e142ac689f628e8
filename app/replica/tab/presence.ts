import type { Awareness } from 'y-protocols/awareness'
import type { Me, Person } from '../shown.ts'

type State = { user?: { name?: unknown; color?: unknown; memberId?: unknown }; at?: unknown }

/** How light each of twelve hues may be, in percent, so that a white name on it can be read: yellow is light of itself, and blue is not. */
const LIGHTNESS = [53, 39, 28, 31, 32, 31, 31, 46, 60, 59, 47, 51] as const
const STEP = 360 / LIGHTNESS.length

function hashOf(text: string): number {
  let hash = 0
  for (let at = 0; at < text.length; at++) hash = (hash * 31 + text.charCodeAt(at)) | 0
  return Math.abs(hash)
}

/** A colour that stays with a person: same id, same colour, in every browser. */
export function colorOf(memberId: string): { color: string; colorLight: string } {
  const at = hashOf(memberId) % LIGHTNESS.length
  const color = `${at * STEP} 65% ${LIGHTNESS[at]}%`
  return { color: `hsl(${color})`, colorLight: `hsl(${color} / 0.2)` }
}

/** Shows this person to the others in the room; editors draw the caret from the same words. */
export function greet(awareness: Awareness, me: Me): void {
  const state = awareness.getLocalState() ?? {}
  awareness.setLocalState({ at: null, ...state, user: { name: me.username, memberId: me.id, ...colorOf(me.id) } })
}

/**
 * Calls others by the names their rows have: a page that was opened before its person was renamed says the old one.
 * Answers whose name was changed.
 */
export function callByName(awareness: Awareness, members: readonly { id: string; username: string }[]): number[] {
  const names = new Map(members.map(({ id, username }) => [id, username]))
  const changed: number[] = []
  for (const [clientId, state] of awareness.getStates() as Map<number, State>) {
    const { user } = state
    const name = typeof user?.memberId === 'string' ? names.get(user.memberId) : undefined
    if (clientId === awareness.clientID || !user || name === undefined) continue
    const color = colorFor(String(user.memberId), name)
    if (user.name === name && user.color === color) continue
    awareness.states.set(clientId, { ...state, user: { ...user, name, color } })
    changed.push(clientId)
  }
  return changed
}

/** The person's colour, by less than can be seen another for each name: the editor takes a caret of the same colour for the same, and would leave the name at it. */
const colorFor = (memberId: string, name: string): string => colorOf(memberId).color.replace('%)', `.0000${hashOf(name) % 10_000}%)`)

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
