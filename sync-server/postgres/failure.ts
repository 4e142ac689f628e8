import { messageOf } from '#server/start-refusal.ts'
import { lacksRoom, saysDiskFull } from './disk-space.ts'

/** Why something was not stored: a sentence for people, what the database said, and whether trying again can help. */
export type Failure = { sentence: string; detail: string; passing: boolean }

/** Read by whoever looks after the server and by everybody in front of a browser: it says whose disk is meant. */
export const DISK_FULL = "The server's disk is full, so the server cannot save anything. Free some space on it; saving goes on by itself."
const AWAY = "The server's database cannot be reached, so the server cannot save anything. It is tried again by itself."

const TROUBLED = "The server's database has trouble, so the server cannot save anything. It is tried again by itself."

/** Nobody is there, or lets us in: no code, the network's own, and PostgreSQL's classes of connections, users, databases and restarts. */
const IS_AWAY = /^($|E[A-Z]|08|28|3D|57P|53|58|25006|40)/
/** It is there and could not do it now: a canceled or timed-out statement, a lock it did not get, a broken configuration, damage. */
const IS_TROUBLED = /^(57|55|25P0|F0|XX)/

/**
 * Reads a database error. What a person wrote is given up only where the database refuses the value itself; whatever else is
 * wrong passes, by itself or when somebody mends it. `folder`: where the database lies, if that is on a disk of ours.
 */
export async function readFailure(thrown: unknown, folder: string | null): Promise<Failure> {
  const { code = '' } = thrown as { code?: string }
  const detail = messageOf(thrown)
  if (saysDiskFull(thrown)) return { passing: true, sentence: DISK_FULL, detail }
  if (IS_AWAY.test(code)) {
    // A database that has run out of room ends, and then nobody is there to say why.
    const isFull = folder !== null && (await lacksRoom(folder).catch(() => false))
    return { passing: true, sentence: isFull ? DISK_FULL : AWAY, detail }
  }
  if (IS_TROUBLED.test(code)) return { passing: true, sentence: TROUBLED, detail }
  return { passing: false, sentence: 'The database refused to store a change.', detail }
}
