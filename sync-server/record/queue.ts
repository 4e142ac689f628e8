import { isUnderWay } from '#domain/attempts/rules.ts'
import type { Attempt } from '#domain/attempts/schema.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { type Answer, accept } from '#domain/core/refusal.ts'
import { chatRoom, recordRoom } from '#domain/core/rooms.ts'
import { SYSTEM } from '#domain/core/world.ts'
import { sayToAgent } from '#domain/interviews/agent-messages.ts'
import { moveTurn, recordTurn } from '#domain/sessions/commands.ts'
import { followUpTurn, nextInQueue } from '#domain/sessions/queue.ts'
import { queueMessage, takeQueued } from '#domain/sessions/queue-commands.ts'
import { type QueuedMessage, queuedMessages, type Turn, turns } from '#domain/sessions/schema.ts'
import { call } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Identity } from '#server/gate/identity.ts'
import { findMember } from '#server/gate/members.ts'
import { mayCall } from '#server/gate/policy.ts'
import { findTurn } from '#server/turns/stored-turn.ts'
import { type Asker, type GoOnParts, goOn, readAttempt, type Stopper, stopTurn } from './go-on.ts'

type InAttempt = { projectId: string; attemptId: string }
const chatOf = (attemptId: string): string => derivedId(attemptId, 'session')

/**
 * Says something to an attempt's agent. The words stand in the queue of the chat, or come with the call; words taken back by now are
 * answered with no turn. QUEUE-3: in whose name it is done is written here, into the record, and not read in a document that members write. An agent that is
 * free goes on at once with what comes first in the queue, or with `interrupt` with this; one at work reads it after its turn, which `interrupt` stops.
 */
export async function followUp(
  parts: GoOnParts & { turns: Stopper },
  who: Identity,
  input: InAttempt & { messageId: string; text?: string | undefined; interrupt: boolean },
): Promise<Answer<{ turnId: string | null }>> {
  const { projectId, attemptId, messageId, interrupt } = input
  const attempt = await readAttempt(parts.documents, input)
  if (!attempt.ok) return attempt
  const turnId = followUpTurn(messageId)
  if (await findTurn(parts.db, turnId)) return accept({ turnId })
  const chatId = chatOf(attemptId)
  const inQueue = await parts.documents.row(chatRoom(chatId), queuedMessages, messageId)
  const text = inQueue?.text ?? input.text
  if (text === undefined) return accept({ turnId: null })
  const isFree = !isUnderWay(attempt.value.status)
  const waits = await askedOf(parts, input)
  if (isFree && (interrupt || waits.length === 0)) {
    const begun = await begin(parts, who, attempt.value, { id: messageId, text }, inQueue !== undefined)
    // Somebody else was quicker, or wrote other words into it: then it waits like any other.
    if (begun.ok || (begun.code !== 'attempt-busy' && begun.code !== 'message-read')) return begun
  }
  const asked = await parts.documents.edit([
    ...(inQueue ? [] : [call(queueMessage, { chatId, messageId, text, first: interrupt }, who.memberId)]),
    call(recordTurn, { projectId, turnId, sessionId: chatId, attemptId, prompt: text, interrupts: interrupt }, who.memberId),
  ])
  if (!asked.ok) return asked
  if (isFree) await readNext(parts, input, true)
  else if (interrupt) {
    const stopped = await stopTurn(parts, who, attempt.value, `Interrupted by ${who.name}.`)
    if (stopped && !stopped.ok) return stopped
  }
  // Its turn may have ended before it could know of this message.
  await readNext(parts, input)
  return accept({ turnId })
}

/** Gives a free agent what it reads next, if anything. With `anyway` also after a failure: somebody asked for it. Done twice it is done once. */
export async function readNext(parts: GoOnParts, at: InAttempt, anyway = false): Promise<void> {
  // Others take messages back, change and move them meanwhile: then it is looked at again.
  for (let look = 0; look < 3; look++) {
    const attempt = await readAttempt(parts.documents, at)
    if (!attempt.ok || isUnderWay(attempt.value.status)) return
    const queue = await parts.documents.rows(chatRoom(chatOf(at.attemptId)), queuedMessages)
    const asked = await askedOf(parts, at)
    if (asked.length === 0) return
    await forgetTakenBack(parts, at, queue, asked)
    const next = nextInQueue(queue, asked, anyway ? 'succeeded' : attempt.value.status)
    const turn = next && asked.find(({ id }) => id === followUpTurn(next.id))
    if (!next || !turn) return
    const who = await askerOf(parts, turn)
    if (who) {
      const begun = await begin(parts, who, attempt.value, next, true)
      if (begun.ok || begun.code !== 'message-read') return
    } else await end(parts, at, turn, 'Who asked for it may not ask for work any more.')
  }
}

/** The agent reads a message now: it leaves the queue, stands in the chat, and a turn begins. */
async function begin(
  parts: GoOnParts,
  who: Asker,
  attempt: Attempt,
  { id, text }: Pick<QueuedMessage, 'id' | 'text'>,
  isQueued: boolean,
): Promise<Answer<{ turnId: string }>> {
  const chatId = chatOf(attempt.id)
  const first: CommandCall[] = [
    ...(isQueued ? [call(takeQueued, { chatId, messageId: id, text }, who.memberId)] : []),
    call(sayToAgent, { chatId, messageId: id, text }, who.memberId),
  ]
  const said = { id, role: 'user' as const, content: text.trim(), author: who.memberId, topic: null, answers: null, assumed: false }
  return await goOn(parts, who, attempt, { turnId: followUpTurn(id), prompt: text, first, said })
}

/** What the record has of turns that wait in the queue of an attempt. */
async function askedOf({ db, documents }: GoOnParts, { projectId, attemptId }: InAttempt): Promise<Turn[]> {
  const waiting = await documents.rows(recordRoom(projectId), turns, { where: { attemptId, status: 'waiting' } })
  const inTable = await Promise.all(waiting.map(({ id }) => findTurn(db, id)))
  return waiting.filter((_turn, at) => !inTable[at])
}

async function askerOf({ db }: GoOnParts, turn: Turn): Promise<Asker | null> {
  const member = await findMember(db, turn.createdBy)
  return member?.isActive && mayCall(member.role, 'attempts.followUp')
    ? { memberId: member.id, name: member.username, email: member.email }
    : null
}

async function forgetTakenBack(parts: GoOnParts, at: InAttempt, queue: readonly QueuedMessage[], asked: readonly Turn[]): Promise<void> {
  const there = new Set(queue.map(({ id }) => followUpTurn(id)))
  for (const turn of asked) if (!there.has(turn.id)) await end(parts, at, turn, 'Taken back before the agent read it.')
}

async function end({ documents }: GoOnParts, { projectId }: InAttempt, turn: Turn, reason: string): Promise<void> {
  await documents.edit([call(moveTurn, { projectId, turnId: turn.id, status: 'cancelled', reason, summary: null }, SYSTEM)])
}
