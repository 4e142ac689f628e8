import type { Identity } from '#server/gate/identity.ts'

/**
 * Who is in, once each: a browser opens a socket for every room, all with one pass. What they share is kept once, and whether it
 * still holds is asked once for all of them.
 */
export class PassesInUse {
  readonly #known = new Map<string, { identity: Identity; sockets: number }>()

  /** The one object for everybody who shows this identity; call `letGo` with it when the socket is gone. */
  take(identity: Identity): Identity {
    const key = keyOf(identity)
    const known = this.#known.get(key) ?? { identity, sockets: 0 }
    known.sockets++
    this.#known.set(key, known)
    return known.identity
  }

  letGo(identity: Identity): void {
    const key = keyOf(identity)
    const known = this.#known.get(key)
    if (known && --known.sockets === 0) this.#known.delete(key)
  }

  get size(): number {
    return this.#known.size
  }
}

const keyOf = (identity: Identity): string => JSON.stringify(Object.values(identity))
