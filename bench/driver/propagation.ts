import { setTimeout as wait } from 'node:timers/promises'
import { boardUpdates, CARDS_A_CHUNK } from './board.ts'
import { Connection, closeAll, type Target, troubleOf } from './connection.ts'
import { editsOf } from './edits.ts'
import { reached } from './reached.ts'
import { seedRoom } from './seed-room.ts'

export type PropagationJob = {
  kind: 'propagation'
  target: Target
  /** Where the reader is, if that is another server on the same database. */
  reader?: Target
  room: string
  projectId: string
  /** The size of the board to begin with; 0 where the room is filled already. */
  cards: number
  /** Who edits: nobody may write into one room twice, for their clocks begin at nothing. */
  writer: number
  edits: number
  everyMs: number
}
/** Milliseconds from sending an edit to the other client's having it, and to the sender's knowing that it is durable. */
export type PropagationResult = { arrived: number[]; durable: number[] }

/** Two clients in one room with a board of at least a thousand cards; one edits at a low rate, the other waits for it. */
export async function propagation(job: PropagationJob): Promise<PropagationResult> {
  const seeded = await seedRoom(job.target, job.room, boardUpdates(job.projectId, job.cards))
  const edits = editsOf(job.projectId, CARDS_A_CHUNK, job.writer, job.edits)
  const [writer, reader] = [await Connection.open(job.target, job.room), await Connection.open(job.reader ?? job.target, job.room)]
  await seeded.leave()
  const sent: number[] = []
  const arrived: number[] = []
  const durable: number[] = []
  const finished = new Promise<void>((resolve) => {
    const note = (times: number[], count: number): void => {
      while (times.length < count) times.push(performance.now() - (sent[times.length] ?? 0))
      if (arrived.length >= job.edits && (job.target.dialect !== 'slipway' || durable.length >= job.edits)) resolve()
    }
    reader.onUpdate = (update) =>
      reached(update, (client, clock) => {
        if (client === edits.client) note(arrived, edits.countAt(clock))
      })
    writer.onAck = (count) => note(durable, count)
  })
  const write = async (): Promise<void> => {
    for (const update of edits.updates) {
      sent.push(performance.now())
      writer.send(update)
      await wait(job.everyMs)
    }
    await finished
  }
  await Promise.race([write(), troubleOf([writer, reader])])
  await closeAll([writer, reader])
  return { arrived, durable }
}
