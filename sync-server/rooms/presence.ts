import * as encoding from 'lib0/encoding'
import { Malformed, Reader } from './reader.ts'
import { refuseDeep } from './update-frame.ts'

export type Entry = { client: number; clock: number; state: string }
type Present<Owner> = { clock: number; state: string; owner: Owner }

const MAX_ENTRIES = 200
const MAX_STATE = 32_768
/** Of all states together: to read and write their JSON takes time. */
const MAX_BYTES = 256 * 1024

/** Reads an awareness update. Throws `Malformed` for bytes that are none, or more than a person's whereabouts take. */
export function readAwareness(bytes: Uint8Array): Entry[] {
  if (bytes.length > MAX_BYTES) throw new Malformed('a presence is too large')
  const reader = new Reader(bytes)
  const count = reader.count(3)
  if (count > MAX_ENTRIES) throw new Malformed('it speaks of too many clients')
  const entries: Entry[] = []
  for (let at = 0; at < count; at++) {
    const entry = { client: reader.varUint(), clock: reader.varUint(), state: reader.string() }
    if (entry.state.length > MAX_STATE) throw new Malformed('a presence is too large')
    refuseDeep(entry.state)
    try {
      JSON.parse(entry.state)
    } catch (cause) {
      throw new Malformed('a presence is no JSON', { cause })
    }
    entries.push(entry)
  }
  if (reader.left > 0) throw new Malformed(`it has ${reader.left} bytes too many`)
  return entries
}

/** As y-protocols writes it. */
export function writeAwareness(entries: readonly Entry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, state)
  }
  return encoding.toUint8Array(encoder)
}

/**
 * An announcement under the name and id its connection was let in with: whatever it says of itself, nobody appears as somebody else.
 * Null for what was heard of another member and is repeated: by then he may have left, and must find his client id free.
 */
export function signed(entry: Entry, { name, memberId }: { name: string; memberId: string }): Entry | null {
  const state = JSON.parse(entry.state) as { user?: { memberId?: unknown } } | null
  if (typeof state !== 'object' || typeof state?.user !== 'object' || state.user === null) return entry
  const { memberId: said = memberId } = state.user
  if (said !== memberId) return null
  return { ...entry, state: JSON.stringify({ ...state, user: { ...state.user, name, memberId } }) }
}

/**
 * Who is where in one room. Each client id belongs to the connection that announced it first; a connection speaks only
 * for its own ids, so nobody moves another's caret. (A plain y-websocket client repeats what it heard of others.) Who is at
 * another instance is an owner like any other; `follows` says whose ids an owner may take over: those of the same person, who came
 * here from there.
 */
export class Presence<Owner extends object> {
  readonly #present = new Map<number, Present<Owner>>()
  readonly #ids = new Map<Owner, Set<number>>()
  readonly #follows: (owner: Owner, before: Owner) => boolean

  constructor(follows: (owner: Owner, before: Owner) => boolean) {
    this.#follows = follows
  }

  /** Takes an announcement and answers the part of it that others should hear. `most` is how many ids the owner may hold. */
  take(owner: Owner, entries: readonly Entry[], most: number): Entry[] {
    return entries.filter((entry) => this.#takeOne(owner, entry, most))
  }

  #takeOne(owner: Owner, { client, clock, state }: Entry, most: number): boolean {
    let known = this.#present.get(client)
    if (known && known.owner !== owner) {
      // What is left behind there says goodbye with the clock it had; here it is present.
      if (clock < known.clock || state === 'null' || !this.#follows(owner, known.owner)) return false
      this.#ids.get(known.owner)?.delete(client)
      known = undefined
    }
    if (known && (clock < known.clock || (clock === known.clock && state !== 'null'))) return false
    const mine = this.#ids.get(owner) ?? new Set()
    if (!known && (state === 'null' || mine.size >= most)) return false
    this.#ids.set(owner, mine.add(client))
    this.#present.set(client, { clock, state, owner })
    return true
  }

  /** Who announced an id. */
  ownerOf(client: number): Owner | undefined {
    return this.#present.get(client)?.owner
  }

  /** Forgets an id that its owner said goodbye for. */
  forget(owner: Owner, client: number): void {
    if (this.#present.get(client)?.owner !== owner) return
    this.#present.delete(client)
    this.#ids.get(owner)?.delete(client)
  }

  /** Everybody present, for somebody who just came. */
  all(): (Entry & { owner: Owner })[] {
    return [...this.#present]
      .filter(([, { state }]) => state !== 'null')
      .map(([client, { clock, state, owner }]) => ({ client, clock, state, owner }))
  }

  /** Forgets an owner and answers the announcement that its ids are gone. */
  leave(owner: Owner): Entry[] {
    const gone: Entry[] = []
    for (const client of this.#ids.get(owner) ?? []) {
      const known = this.#present.get(client)
      this.#present.delete(client)
      if (known && known.state !== 'null') gone.push({ client, clock: known.clock, state: 'null' })
    }
    this.#ids.delete(owner)
    return gone
  }
}
