import * as Y from 'yjs'
import { Connection, type Target } from './connection.ts'
import { join, type Whole } from './join.ts'

/** A room with a board in it: what it holds, and how its seeder leaves. */
export type Seeded = { whole: Whole; leave: () => Promise<void> }

/**
 * Sends a board into a room and answers when it is acknowledged (or, where nobody acknowledges, when a second client gets
 * all of it back). The seeder stays until told to leave: a server in memory may forget a room that nobody is in.
 */
export async function seedRoom(target: Target, room: string, updates: readonly Uint8Array[]): Promise<Seeded> {
  const whole = wholeOf(updates)
  if (target.dialect === 'relay') return { whole, leave: async () => {} }
  const seeder = await Connection.open(target, room)
  for (const update of updates) seeder.send(update)
  if (target.dialect === 'slipway') await acknowledged(seeder, updates.length)
  else await join({ kind: 'join', target, room, whole })
  return { whole, leave: () => seeder.close() }
}

/** Answers when the server has acknowledged so many updates of this connection. */
export function acknowledged(connection: Connection, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.onTrouble = reject
    connection.onAck = (now) => now >= count && resolve()
    if (connection.acknowledged >= count) resolve()
  })
}

function wholeOf(updates: readonly Uint8Array[]): Whole {
  const clocks = new Map<number, number>()
  for (const update of updates)
    for (const [client, clock] of Y.parseUpdateMeta(update).to) clocks.set(client, Math.max(clock, clocks.get(client) ?? 0))
  return [...clocks]
}
