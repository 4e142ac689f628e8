import { describeAttempt } from '#domain/attempts/commands.ts'
import { moveCardByFact, recordEvent } from '#domain/changes/commands.ts'
import { type Answer, accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { columnFor, decideRoom } from '#domain/tasks/rules.ts'
import { columns, type Task, tasks } from '#domain/tasks/schema.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Db, Queries } from '#server/postgres/pool.ts'
import { heldTurns } from '#server/turns/stored-turn.ts'

type Parts = { db: Db; documents: Documents }
export type Work = { projectId: string; attemptId: string; task: Task; why: string; actor: string }

/** A card that is in progress already takes no more room than it has. */
export const takesRoom = (task: Task): boolean => task.status !== 'in_progress'

/** Whether the column of cards in progress takes one more. Asked before an edit: a refused one costs the room's document. */
export async function readRoom(documents: Documents, projectId: string): Promise<Answer> {
  const room = projectRoom(projectId)
  const column = columnFor(await documents.rows(room, columns), 'in_progress')
  if (!column || column.wipLimit === null) return accept()
  return decideRoom(column, (await documents.rows(room, tasks, { where: { columnId: column.id, archived: false } })).length)
}

/** That an attempt waits for room, or does so no more. */
export const waits = ({ projectId, attemptId }: Work, waitsForRoom: boolean): CommandCall =>
  call(describeAttempt, { projectId, attemptId, patch: { waitsForRoom } }, SYSTEM)

/** Its card goes in progress, and nothing else happens either where there is no room. */
export const enter = ({ projectId, task, why, actor }: Work): CommandCall =>
  call(moveCardByFact, { projectId, taskId: task.id, status: 'in_progress', result: null, why, needsRoom: true }, actor)

/**
 * ATTEMPT-9: writes down that work at a card begins, and puts the card in progress. Where that column is full, or others wait for
 * room there, the card stays where it is and the work waits behind them: `store` is told to hold its turn.
 */
export async function beginOrHold(
  { db, documents }: Parts,
  work: Work,
  calls: readonly CommandCall[],
  store: (client: Queries, held: boolean) => Promise<boolean>,
): Promise<Answer<unknown[]>> {
  const { projectId, attemptId, task, actor } = work
  const room = takesRoom(task) ? await readRoom(documents, projectId) : accept()
  const isLine = takesRoom(task) && (await heldTurns(db)).some((turn) => turn.projectId === projectId)
  if (room.ok && !isLine) {
    const done = await documents.edit([...calls, waits(work, false), enter(work)], (client) => store(client, false))
    if (done.ok || done.code !== 'column-full') return done
  }
  const message = `${room.ok ? 'Others wait for room on the board.' : room.message} It begins when its turn comes.`
  const held = call(recordEvent, { projectId, taskId: task.id, action: 'attempt.held', target: attemptId, message }, actor)
  return await documents.edit([...calls, waits(work, true), held], (client) => store(client, true))
}
