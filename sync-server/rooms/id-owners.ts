import type { StateVector } from './state-vector.ts'
import type { Range } from './update-frame.ts'

/** Whoever writes with an id: a member, at another instance or (null) here. The server itself has no member's id. */
export type Owner = { memberId: string; instance: number | null }
/** What is known of other servers on the database: there are none, they are heard, or nothing was heard of them for a while. */
export type Others = 'none' | 'known' | 'unknown'

export const THE_SERVER = ''
const MOST_IDS = 20_000
/** The instance of an owner who may have gone to any while nobody here listened. */
const ANYWHERE = -1
/** By then it is known of an instance that it is gone (`GONE_MS` of the instances, and their looks). */
const CERTAIN_MS = 30_000

/**
 * Whose each client id of a room is. Yjs believes any update: one that claims clocks of somebody's id which he has not used yet
 * makes everybody drop what he writes there, also all he writes offline. So an id that somebody is known to write with is continued
 * by him alone. Known is what happened since this server started; what it may have forwarded before that and lost,
 * anybody who has it brings back. See docs/decisions/2026-11-26-a-client-id-has-an-owner.md.
 */
export class IdOwners {
  readonly #owners = new Map<number, Owner>()
  /** Since when a member brings what is written with an id at another instance. */
  readonly #waiting = new Map<string, number>()

  get isEmpty(): boolean {
    return this.#owners.size === 0
  }

  has(client: number): boolean {
    return this.#owners.has(client)
  }

  /** Somebody writes with this id, here or at another instance. The first who does keeps it, wherever he goes. */
  note(client: number, memberId: string, instance: number | null = null): void {
    const owner = this.#owners.get(client)
    if (owner) {
      if (owner.memberId === memberId && instance !== null) owner.instance = instance
      return
    }
    this.#owners.set(client, { memberId, instance })
    for (const oldest of this.#owners.keys()) {
      if (this.#owners.size <= MOST_IDS) break
      this.#owners.delete(oldest)
    }
  }

  /** Somebody else whose id one of these would continue beyond what was taken in; null where there is nobody. */
  otherThan(memberId: string, ranges: readonly Range[], taken: StateVector): (Owner & { client: number }) | null {
    for (const { client, end } of ranges) {
      const owner = this.#owners.get(client)
      if (owner !== undefined && owner.memberId !== memberId && end > taken.of(client)) return { client, ...owner }
    }
    return null
  }

  /**
   * Whether an owner who is not here may have written more at an instance that has yet to store it, or is gone without that being
   * known here: then what it had forwarded may be on its way or lost, and whoever has it is to come again. Who wrote here last may have
   * gone to any other since. While nothing is heard of the others that goes on: to refuse what is honest loses it.
   */
  mayBeFree(memberId: string, owner: Owner, others: Others, now: number): boolean {
    if (owner.memberId === THE_SERVER || (owner.instance === null && others === 'none')) return false
    const known = this.#waiting.get(memberId) ?? 0
    // Who comes again does so every few seconds: longer ago it was about something else.
    const since = others !== 'unknown' && now - known < 2 * CERTAIN_MS ? known : now
    this.#waiting.set(memberId, since)
    return now - since < CERTAIN_MS
  }

  /** Something written with these ids may have been forwarded and not be stored: whoever has it may bring it. */
  free(ranges: readonly Range[]): void {
    for (const { client } of ranges) this.#owners.delete(client)
  }

  /** From here on nobody tells where they go: the room is forgotten. */
  loseSight(): void {
    for (const owner of this.#owners.values()) owner.instance = ANYWHERE
  }

  /** The same of all that was written at an instance that is gone, by those who were there or may have been: who is not here (`isHere`). */
  freeInstance(instance: number, isHere: (owner: Owner & { client: number }) => boolean = () => false): void {
    this.#waiting.clear()
    for (const [client, owner] of this.#owners) {
      if (owner.memberId === THE_SERVER || (owner.instance === null && isHere({ client, ...owner }))) continue
      if (owner.instance === null || owner.instance === instance || owner.instance === ANYWHERE) this.#owners.delete(client)
    }
  }
}
