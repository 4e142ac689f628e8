/**
 * What goes over a sync socket beside the y-websocket protocol (0 sync, 1 awareness, 2 auth, 3 query awareness).
 * Sent only to a client that asked for it with `?ack=1`, so a plain y-websocket client never meets an unknown message.
 */
export const MESSAGE_ACK = 64
export const MESSAGE_REFUSED = 65
export const MESSAGE_TROUBLE = 66
export const MESSAGE_SET_BACK = 67
export const MESSAGE_COMING = 68

/**
 * ACK: a varuint n. The first n document updates this connection sent (sync updates and non-empty sync answers, in order)
 * are durable. REFUSED: a varuint n (which of them), a varstring code, a varstring sentence for the person. TROUBLE: a
 * varstring, why the server can store nothing at the moment and what helps, in a sentence for the person; empty: it can again.
 * Whoever joins meanwhile is told too; a connection that was told nothing has no trouble. SET_BACK: nothing more; in a room that
 * only the server writes, the client holds what the server does not: the server came out of an older backup. What the client
 * holds of the room is of no use any more, and it should ask for all of it anew; it is not answered otherwise. COMING: a varuint n.
 * So many bytes follow, behind which nothing else is heard on a slow line for a while; 0: that was all of them.
 */

/** What a client asks for at the door, in the address of its socket. */
export type AtTheDoor = {
  /** '1': it understands the messages above. */
  ack: string
  /** '1': it has nothing of the room and wants all of it, at once. Its first question, when that is for all, has been answered then. */
  all: string
}

/** Why a socket was closed. 4400–4499: don't come back with the same request; 4500–4599: try again. */
export const CLOSE = {
  badFrame: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  roomUnknown: 4404,
  tooLarge: 4413,
  serverError: 4500,
  slowReader: 4508,
  rateLimited: 4529,
  shuttingDown: 4503,
} as const

/** The server says something to everybody this often, in ms, if only that nobody new is there. */
export const BEAT_MS = 5_000
/** A line that has been silent for so long, in ms, is dead: two beats did not come, and a moment for the way. */
export const SILENT_MS = 13_000

/** More than this many bytes at once are said to be coming. On the slowest line beats wait so long behind as many. */
export const BULK = 64 * 1024
/** The slowest line that a large room comes over, in bytes a second: 128 kbit/s. */
const SLOWEST = 16 * 1024
/** How long so many bytes may be under way, in ms, beyond what any line may be silent. */
export const patienceFor = (bytes: number): number => (bytes / SLOWEST) * 1_000

/** The largest frame a client may send, in bytes. */
export const MAX_FRAME = 8 * 1024 * 1024
