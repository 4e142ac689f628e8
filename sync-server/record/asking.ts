import { v7 as newId } from 'uuid'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { closeMessages } from '#domain/interviews/agent-messages.ts'
import { coverageOf } from '#domain/interviews/rules.ts'
import { call } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { Bell } from '#server/turns/bell.ts'
import { findTurn, insertTurn } from '#server/turns/stored-turn.ts'
import { questionCall } from './asked.ts'
import { chooseModel, type ProposalParts, readInterview, readTalk } from './proposals.ts'
import { readRepo } from './read-task.ts'

type InInterview = { projectId: string; interviewId: string }

/** Lets the interview's model ask its next question; everybody sees that it thinks. One under way is not asked for twice. */
export async function askNext(
  { db, documents, bell }: Pick<ProposalParts, 'db' | 'documents'> & { bell: Bell },
  who: Identity,
  { projectId, interviewId }: InInterview,
): Promise<Answer<{ turnId: string }>> {
  const interview = await readInterview(documents, projectId, interviewId)
  if (!interview.ok) return interview
  const { status, title } = interview.value
  if (status !== 'active') return refuse('interview-ended', `This interview is ${status}. Reopen it to go on.`)
  const agent = await chooseModel(db, interview.value.model)
  if (!agent.ok) return agent
  const underWay = await findUnderWay(db, interviewId)
  if (underWay) return accept({ turnId: underWay })
  const repo = await readRepo(db, documents, projectId)
  const { transcript } = await readTalk(documents, projectId, interviewId)
  const payload = {
    kind: 'interview' as const,
    agent: agent.value,
    projectId,
    interviewId,
    title,
    coverage: coverageOf(interview.value),
    transcript,
    repoPath: repo.ok ? repo.value.path : null,
  }
  const id = newId()
  const done = await documents.edit([questionCall(id, payload, '')], (client) =>
    insertTurn(client, { id, payload, askedBy: who.memberId, projectId }),
  )
  if (!done.ok) return done
  bell.ring('waiting')
  return accept({ turnId: id })
}

async function findUnderWay(db: Db, interviewId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    "select id from turns where kind = 'interview' and payload->>'interviewId' = $1 and status in ('waiting', 'leased', 'running') and not cancel limit 1",
    [interviewId],
  )
  return rows[0]?.id
}

/**
 * Stops the asking of a question: everybody sees it at once, whether a runner has the turn in hand or not. One that is over stays as it ended; one
 * that only looks as if it went on, as in a project from elsewhere, ends with that.
 */
export async function stopAsking(
  { db, documents, turns }: ProposalParts,
  who: Identity,
  { projectId, interviewId, turnId }: InInterview & { turnId: string },
): Promise<Answer> {
  const interview = await readInterview(documents, projectId, interviewId)
  if (!interview.ok) return interview
  const stop = { by: who.memberId, reason: `Stopped by ${who.name}.` }
  const turn = await findTurn(db, turnId)
  if (turn?.payload.kind === 'interview' && turn.payload.interviewId === interviewId) {
    const stopped = await turns.cancel(turnId, stop)
    if (!stopped.ok) return stopped
  }
  const end = { chatId: interviewId, turnId, status: 'failed', error: stop.reason, stoppedBy: stop.by } as const
  const done = await documents.edit([call(closeMessages, end, SYSTEM)])
  return done.ok ? accept() : done
}
