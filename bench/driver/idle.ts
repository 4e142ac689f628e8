import { Connection, closeAll, type Target } from './connection.ts'

export type IdleJob = { kind: 'idle'; target: Target; rooms: string[]; connections: number }
export type IdleResult = { open: number }

/** How many connections are being opened at once. */
const AT_ONCE = 50
let held: Connection[] = []

/** Opens connections that do nothing and holds them until `release`. */
export async function idle({ target, rooms, connections }: IdleJob): Promise<IdleResult> {
  for (let made = 0; made < connections; made += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, connections - made) }, (_, at) =>
      Connection.open(target, rooms[(made + at) % rooms.length] ?? ''),
    )
    held.push(...(await Promise.all(some)))
  }
  return { open: held.length }
}

export type ReleaseJob = { kind: 'release' }

/** Lets go of what `idle` holds. */
export async function release(): Promise<IdleResult> {
  const letGo = held
  held = []
  await closeAll(letGo)
  return { open: 0 }
}
