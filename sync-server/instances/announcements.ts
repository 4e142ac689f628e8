import type { Line } from './line.ts'

/** Where somebody is in a room: the awareness entry of one client id, and the member it speaks for. */
export type Whereabouts = { client: number; clock: number; state: string; memberId: string }

/** What one instance tells the others. None of it has to arrive: everybody looks for himself from time to time. */
export type Announcement =
  | { kind: 'hello' }
  /** There is something new in a room, up to this sequence number. */
  | { kind: 'room'; room: string; seq: number }
  | { kind: 'bell'; name: string }
  | { kind: 'presence'; room: string; who: Whereabouts }
  /** Asks who is in a room. */
  | { kind: 'who'; room: string }

/** PostgreSQL takes less than 8,000 bytes. */
const MOST_BYTES = 7_500
/** A notification takes a lock that all commits with notifications share: so often at most. */
const PACE_MS = 3

/** Gathers announcements and sends them, many in one notification, the first at once and the next a little later. */
export class Announcements {
  /** How many notifications were sent since the start. */
  sent = 0
  readonly #line: Pick<Line, 'say'>
  readonly #from: number
  readonly #gathered = new Map<string, Announcement>()
  #sending = false

  constructor(line: Pick<Line, 'say'>, from: number) {
    this.#line = line
    this.#from = from
  }

  /** Tells the others. A later word on the same thing takes the place of one not sent yet. */
  tell(announcement: Announcement): void {
    this.#gathered.set(keyOf(announcement), announcement)
    if (!this.#sending) void this.#send()
  }

  async #send(): Promise<void> {
    this.#sending = true
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#gathered.size > 0) {
      const payloads = pack(this.#from, [...this.#gathered.values()])
      this.#gathered.clear()
      this.sent += payloads.length
      // What is lost is found by those who look for themselves.
      await this.#line.say(payloads).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, PACE_MS).unref())
    }
    this.#sending = false
  }
}

function keyOf(announcement: Announcement): string {
  switch (announcement.kind) {
    case 'hello':
      return 'hello'
    case 'bell':
      return `bell ${announcement.name}`
    case 'presence':
      return `presence ${announcement.room} ${announcement.who.client}`
    case 'room':
    case 'who':
      return `${announcement.kind} ${announcement.room}`
  }
}

/** As few payloads as hold them. One that is too large by itself is left out. */
export function pack(from: number, announcements: readonly Announcement[]): string[] {
  const payloads: string[] = []
  let gathered: string[] = []
  let bytes = 0
  const close = (): void => {
    if (gathered.length > 0) payloads.push(`[${from},${gathered.join(',')}]`)
    gathered = []
    bytes = 0
  }
  for (const announcement of announcements) {
    const text = JSON.stringify(announcement)
    const size = Buffer.byteLength(text) + 1
    if (size > MOST_BYTES) continue
    if (bytes + size > MOST_BYTES) close()
    gathered.push(text)
    bytes += size
  }
  close()
  return payloads
}

/** Reads a payload; null where it is none of ours. */
export function unpack(payload: string): { from: number; announcements: Announcement[] } | null {
  try {
    const [from, ...announcements] = JSON.parse(payload) as [number, ...Announcement[]]
    return { from, announcements }
  } catch {
    return null
  }
}
