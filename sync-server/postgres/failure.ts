import { messageOf } from '#server/start-refusal.ts'
import { lacksRoom, saysDiskFull } from './disk-space.ts'

/** Why something was not stored: a sentence for people, what the database said, and whether trying again can help. */
export type Failure = { sentence: string; detail: string; passing: boolean }

/** Read by whoever looks after the server and by everybody in front of a browser: it says whose disk is meant. */
export const DISK_FULL = "The server's disk is full, so the server cannot save anything. Free some space on it; saving goes on by itself."
const AWAY = "The server's database cannot be reached, so the server cannot save anything. It is tried again by itself."

/**
 * Reads a database error: a full disk, a lost connection or a restart pass by themselves; a refused value does not. `folder`:
 * where the database lies, if that is on a disk of ours.
 */
export async function readFailure(thrown: unknown, folder: string | null): Promise<Failure> {
  const { code = '' } = thrown as { code?: string }
  const detail = messageOf(thrown)
  if (saysDiskFull(thrown)) return { passing: true, sentence: DISK_FULL, detail }
  if (code === '' || /^(E[A-Z]+|08|57P|53|58|25006|40)/.test(code)) {
    // A database that has run out of room ends, and then nobody is there to say why.
    const isFull = folder !== null && (await lacksRoom(folder).catch(() => false))
    return { passing: true, sentence: isFull ? DISK_FULL : AWAY, detail }
  }
  return { passing: false, sentence: 'The database refused to store a change.', detail }
}
