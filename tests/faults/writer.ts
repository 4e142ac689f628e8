import * as Y from 'yjs'
import { RoomClient } from '../../bin/room-client.ts'
import type { Slipway } from '../harness/slipway.ts'

/** Somebody at a room of a Slipway. */
export type Seat = { slipway: Slipway; token: string; room: string }

/** Writes marks as fast as acknowledgements come, and knows which of them the server said are durable. */
export class Writer {
  readonly client: RoomClient
  readonly acknowledged = new Set<string>()
  readonly #frames = new Map<number, string>()
  readonly #timer: NodeJS.Timeout
  #seen = 0

  constructor({ slipway, token, room }: Seat, name: string) {
    this.client = new RoomClient({ url: slipway.url, room, token })
    this.client.onAcknowledged = (count) => {
      for (; this.#seen < count; this.#seen++) {
        const mark = this.#frames.get(this.#seen + 1)
        if (mark) this.acknowledged.add(mark)
      }
    }
    let number = 0
    this.#timer = setInterval(() => {
      if (!this.client.isOpen || !this.client.isSynced) return
      for (let burst = 0; burst < 5; burst++) {
        const mark = `${name}-${number++}`
        this.client.doc.getMap('marks').set(mark, 'x'.repeat(number % 300))
        this.#frames.set(this.client.sent, mark)
      }
    }, 4)
  }

  /** Writes no more, and stays to hear what becomes of what was written. */
  rest(): void {
    clearInterval(this.#timer)
  }

  stop(): void {
    this.rest()
    this.client.close()
  }
}

/** The room's document as somebody gets it who was never here. */
export async function joinAnew({ slipway, token, room }: Seat): Promise<Y.Doc> {
  const client = new RoomClient({ url: slipway.url, room, token })
  await client.settled()
  client.close()
  return client.doc
}

/** The room's document from the bytes in the database, with none of the server's code. */
export async function readJournal({ slipway, room }: Seat): Promise<Y.Doc> {
  const doc = new Y.Doc()
  // The updates first: what is merged away after this look is in the snapshot read next.
  const updates = await slipway.sql<{ bytes: Buffer }>('select bytes from journal_updates where room = $1 order by seq', [room])
  const snapshots = await slipway.sql<{ bytes: Buffer }>('select bytes from journal_snapshots where room = $1', [room])
  for (const { bytes } of [...snapshots, ...updates]) Y.applyUpdate(doc, bytes)
  return doc
}

/** The marks that are not in a document. */
export function missing(marks: ReadonlySet<string>, doc: Y.Doc): string[] {
  const there = doc.getMap('marks')
  return [...marks].filter((mark) => !there.has(mark))
}
