import { lineForRoom } from '#domain/attempts/rules.ts'
import { attempts } from '#domain/attempts/schema.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import type { Documents } from '#server/documents/documents.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { Bell } from '#server/turns/bell.ts'
import { heldTurns, releaseTurn, type StoredTurn } from '#server/turns/stored-turn.ts'
import { type Stopper, stopTurn } from './go-on.ts'
import { decideStart, readTask } from './read-task.ts'
import { enter, readRoom, takesRoom, type Work, waits } from './room-on-board.ts'

type Parts = { db: Db; documents: Documents; bell: Bell; turns: Stopper }

const ITSELF = { memberId: SYSTEM, name: 'Slipway', email: null }

/** ATTEMPT-9: lets the turns begin that there is room for by now, in their order; those whose cards cannot be started any more are cancelled. */
export async function releaseHeld(parts: Parts): Promise<void> {
  const held = await heldTurns(parts.db)
  for (const projectId of new Set(held.map((turn) => turn.projectId ?? ''))) {
    const here = held.filter((turn) => turn.projectId === projectId)
    await releaseIn(parts, projectId, here)
  }
}

async function releaseIn(parts: Parts, projectId: string, held: readonly StoredTurn[]): Promise<void> {
  const { db, documents, bell } = parts
  const ids = held.flatMap(({ attemptId }) => attemptId ?? [])
  let isFull = false
  for (const attempt of lineForRoom(await documents.rows(recordRoom(projectId), attempts, { ids }))) {
    const turn = held.find(({ attemptId }) => attemptId === attempt.id)
    if (!turn) continue
    const task = await readTask(documents, projectId, attempt.taskId)
    const startable = task.ok ? decideStart(task.value) : task
    if (!startable.ok) {
      await stopTurn({ db, turns: parts.turns }, ITSELF, attempt, startable.message)
      continue
    }
    isFull ||= !(await readRoom(documents, projectId)).ok
    if (isFull && takesRoom(startable.value)) continue
    const work: Work = { projectId, attemptId: attempt.id, task: startable.value, why: 'there is room for it now', actor: SYSTEM }
    const done = await documents.edit([waits(work, false), enter(work)], (client) => releaseTurn(client, turn.id))
    if (done.ok) bell.ring('waiting')
  }
}
