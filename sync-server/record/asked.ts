import { SYSTEM } from '#domain/core/world.ts'
import { askByModel, closeMessages, growQuestion } from '#domain/interviews/agent-messages.ts'
import { costOf } from '#domain/models/price.ts'
import { type RunEvent, type TurnEnd, turnResults } from '#domain/sessions/protocol.ts'
import { call, optional } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import { priceOf } from '#server/models/stored-models.ts'
import type { Db } from '#server/postgres/pool.ts'
import { type StoredPayload, type StoredTurn, stopOf } from '#server/turns/stored-turn.ts'

type Interview = Extract<StoredPayload, { kind: 'interview' }>

/** A turn's question stands in the chat under the turn's own id, so that there is one of it whatever happens to the turn. */
export function questionCall(turnId: string, { interviewId, agent }: Interview, text: string): CommandCall {
  const model = agent.kind === 'model' ? agent.label : 'builtin'
  return call(growQuestion, { interviewId, messageId: turnId, text, model }, SYSTEM)
}

/** What a batch of an interview's reports shows in its chat: the newest words of the question. */
export function grownCalls({ id, payload }: StoredTurn, events: readonly RunEvent[]): CommandCall[] {
  if (payload.kind !== 'interview') return []
  const newest = events.findLast((event) => event.type === 'question')
  return newest ? [optional(questionCall(id, payload, newest.text))] : []
}

/** How the asking of a question ended: with the question, or with why there is none. What was half written is not shown any more then. */
export async function askedCalls(db: Db, turn: StoredTurn, payload: Interview, end: TurnEnd): Promise<CommandCall[]> {
  const { projectId, interviewId, agent } = payload
  if (end.outcome !== 'succeeded') {
    const stoppedBy = end.outcome === 'cancelled' ? (stopOf(turn)?.by ?? null) : null
    return [optional(call(closeMessages, { chatId: interviewId, turnId: turn.id, status: 'failed', error: end.reason, stoppedBy }, SYSTEM))]
  }
  const model = agent.kind === 'model' ? agent.label : 'builtin'
  const asked = turnResults.interview.parse(end.result)
  const cost = costOf(await priceOf(db, agent), asked)
  return [call(askByModel, { projectId, interviewId, messageId: turn.id, model, turnId: turn.id, ...asked, cost }, SYSTEM)]
}
