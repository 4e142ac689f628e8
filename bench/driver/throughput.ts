import { boardUpdates } from './board.ts'
import { Connection, closeAll, type Target, troubleOf } from './connection.ts'
import { type Edits, editsOf } from './edits.ts'
import { updateFrame } from './frames.ts'
import { reached } from './reached.ts'
import { seedRoom } from './seed-room.ts'

export type ThroughputJob = {
  kind: 'throughput'
  target: Target
  /** More servers on the same database: the writers of a room are spread over all of them. */
  others?: Target[]
  rooms: string[]
  writers: number
  edits: number
}
export type ThroughputResult = { updatesPerSecond: number; seconds: number }

const CARDS = 20
/** How many of its updates a writer has on the way at most; together enough to keep every server busy. */
const WINDOW = 64
/** Every room has the same board and the same edits; they differ in name only. */
const PROJECT = '22222222-2222-4222-8222-222222222222'

/**
 * Writers in rooms, each sending its edits as fast as its window allows. An update counts once: when every other writer of
 * its room has it and, from a server that acknowledges, when its own writer was told that it is durable.
 */
export async function throughput(job: ThroughputJob): Promise<ThroughputResult> {
  const board = boardUpdates(PROJECT, CARDS)
  const edits = Array.from({ length: job.writers }, (_, writer) => editsOf(PROJECT, CARDS, writer, job.edits))
  const seeded = []
  for (const room of job.rooms) seeded.push(await seedRoom(job.target, room, board))
  const targets = [job.target, ...(job.others ?? [])]
  const connections = await Promise.all(
    job.rooms.flatMap((room) => edits.map(async (_, writer) => Connection.open(targets[writer % targets.length] as Target, room))),
  )
  await Promise.all(seeded.map(({ leave }) => leave()))
  const begin = process.hrtime.bigint()
  const all = job.rooms.map((room, at) => writeRoom(room, connections.slice(at * job.writers, (at + 1) * job.writers), edits))
  await Promise.race([Promise.all(all), troubleOf(connections)])
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9
  await closeAll(connections)
  return { updatesPerSecond: (job.rooms.length * job.writers * job.edits) / seconds, seconds }
}

function writeRoom(room: string, writers: Connection[], edits: Edits[]): Promise<void> {
  const writerOf = new Map(edits.map(({ client }, at) => [client, at]))
  const frames = edits.map(({ updates }) => updates.map((update) => updateFrame(writers[0]?.target.dialect ?? 'relay', room, update)))
  const acknowledges = writers[0]?.target.dialect === 'slipway'
  return new Promise((resolve) => {
    let unfinished = writers.length
    const flows = writers.map((connection, writer) => {
      const mine = frames[writer] ?? []
      // What each of the others has of mine, and what I was told is durable; my own place is as good as arrived.
      const has = writers.map((_, reader) => (reader === writer ? mine.length : 0))
      let durable = acknowledges ? 0 : mine.length
      let sent = 0
      let carried = 0
      const advance = (): void => {
        const now = Math.min(durable, ...has)
        if (now === carried && sent > 0) return
        carried = now
        while (sent < mine.length && sent - carried < WINDOW) connection.sendFrame(mine[sent++] as Uint8Array)
        if (carried === mine.length && --unfinished === 0) resolve()
      }
      return {
        advance,
        arrived: (reader: number, count: number) => {
          if (reader === writer || count <= (has[reader] ?? 0)) return
          has[reader] = count
          advance()
        },
        acknowledged: (count: number) => {
          durable = count
          advance()
        },
      }
    })
    writers.forEach((connection, reader) => {
      connection.onUpdate = (update) =>
        reached(update, (client, clock) => {
          const writer = writerOf.get(client)
          if (writer !== undefined) flows[writer]?.arrived(reader, edits[writer]?.countAt(clock) ?? 0)
        })
      connection.onAck = (count) => flows[reader]?.acknowledged(count)
    })
    for (const flow of flows) flow.advance()
  })
}
