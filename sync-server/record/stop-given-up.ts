import { attempts } from '#domain/attempts/schema.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { holdQueue } from '#domain/sessions/commands.ts'
import { type GivenUp, givenUp } from '#domain/tasks/given-up.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { call, type Documents, optional } from '#server/documents/documents.ts'
import { findMember } from '#server/gate/members.ts'
import type { Db } from '#server/postgres/pool.ts'
import { executionsUnderWay, type UnderWay } from '#server/turns/stored-turn.ts'
import { type Asker, type Stopper, stopTurn } from './go-on.ts'

type Parts = { db: Db; documents: Documents; turns: Stopper }

/**
 * ATTEMPT-10: stops the agents whose cards were cancelled, archived or deleted, once each, in the name of whoever did that. The documents say what became
 * of a card, whoever changed it, by whatever way, and however late it came here; only cards that an agent is at are asked for.
 */
export async function stopGivenUp(parts: Parts): Promise<void> {
  const underWay = await executionsUnderWay(parts.db)
  for (const projectId of new Set(underWay.map((work) => work.projectId))) {
    const here = underWay.filter((work) => work.projectId === projectId)
    const cards = await parts.documents.rows(projectRoom(projectId), tasks, { ids: here.map(({ taskId }) => taskId) })
    for (const work of here) {
      const why = givenUp(cards.find(({ id }) => id === work.taskId))
      if (why) await stop(parts, work, why)
    }
  }
}

async function stop({ db, documents, turns }: Parts, { projectId, attemptId }: UnderWay, { how, by }: GivenUp): Promise<void> {
  const attempt = await documents.row(recordRoom(projectId), attempts, attemptId)
  if (!attempt) return
  // Members write that document: a name in it that is nobody's is not put into the record.
  const member = by === null ? undefined : await findMember(db, by)
  const who: Asker = member
    ? { memberId: member.id, name: member.username, email: member.email }
    : { memberId: SYSTEM, name: 'Slipway', email: null }
  // What waits in its chat would bring the card back.
  await documents.edit([optional(call(holdQueue, { projectId, attemptId }, who.memberId))])
  await stopTurn({ db, turns }, who, attempt, member ? `${member.username} ${how} the card.` : `The card was ${how}.`)
}
