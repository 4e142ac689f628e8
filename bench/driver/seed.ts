import { boardUpdates, CARDS_A_CHUNK } from './board.ts'
import type { Target } from './connection.ts'
import { editsOf } from './edits.ts'
import type { Whole } from './join.ts'
import { seedRoom } from './seed-room.ts'

export type SeedJob = { kind: 'seed'; target: Target; room: string; projectId: string; cards: number; edits: number }
export type SeedResult = { whole: Whole }

/** Fills a room with a board, with edits of one that is there already, or with both, as a day's work leaves it. Answers what somebody who joins must get. */
export async function seed(job: SeedJob): Promise<SeedResult> {
  const board = boardUpdates(job.projectId, job.cards)
  const { updates } = editsOf(job.projectId, CARDS_A_CHUNK, 0, job.edits)
  const { whole, leave } = await seedRoom(job.target, job.room, [...board, ...updates])
  await leave()
  return { whole }
}
