import { boardUpdates } from './board.ts'
import { Connection, closeAll, type Target, troubleOf } from './connection.ts'
import { editsOf } from './edits.ts'
import { Listener } from './listener.ts'
import { reached } from './reached.ts'
import { seedRoom } from './seed-room.ts'

export type FanOutJob = { kind: 'fanOut'; target: Target; room: string; readers: number; edits: number }
export type FanOutResult = { deliveriesPerSecond: number }

const CARDS = 20
const PROJECT = '33333333-3333-4333-8333-333333333333'

/** One writer sends its edits at once; the clock stops when the last of many readers has the last of them. */
export async function fanOut(job: FanOutJob): Promise<FanOutResult> {
  const { leave } = await seedRoom(job.target, job.room, boardUpdates(PROJECT, CARDS))
  const edits = editsOf(PROJECT, CARDS, 0, job.edits)
  const writer = await Connection.open(job.target, job.room)
  const readers = await Promise.all(Array.from({ length: job.readers }, () => Listener.open(job.target, job.room)))
  await leave()
  const finished = Promise.all(
    readers.map(
      (reader) =>
        new Promise<void>((resolve) => {
          reader.onUpdate = (update) =>
            reached(update, (client, clock) => {
              if (client === edits.client && edits.countAt(clock) === job.edits) resolve()
            })
        }),
    ),
  )
  const begin = performance.now()
  for (const update of edits.updates) writer.send(update)
  await Promise.race([finished, troubleOf([writer, ...readers])])
  const seconds = (performance.now() - begin) / 1_000
  await closeAll([writer, ...readers])
  return { deliveriesPerSecond: (job.readers * job.edits) / seconds }
}
