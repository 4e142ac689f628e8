/**
 * What pure code may know of the world, handed in by whoever runs it: in a browser the person, the wall clock and
 * crypto; in a simulation a seed.
 */
export type World = {
  /** Milliseconds since 1970 in UTC. */
  now: number
  /** The member (or `system`, or `runner:<id>`) in whose name things are written. */
  actor: string
  /** A fresh UUIDv7. */
  newId: () => string
  /** A number in [0, 1). */
  random: () => number
}

/** Who writes what nobody asked for: reactions of the server to facts. */
export const SYSTEM = 'system'
