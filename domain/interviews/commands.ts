import { z } from 'zod'
import type { NewRowOf } from '#domain/core/collection.ts'
import { defineCommand, type Tx } from '#domain/core/command.ts'
import { decideTransition, refuseNewerWord } from '#domain/core/lifecycle.ts'
import { orderBetween } from '#domain/core/order.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { type Askable, builtinMessage, coverageOf, interviewGone, interviewLifecycle, nextBuiltinQuestion, questionAbout } from './rules.ts'
import { BUILTIN, INTERVIEW_STATUSES, type Interview, interviews, messages, TOPICS } from './schema.ts'

const inInterview = { projectId: z.uuid(), interviewId: z.uuid() }
type InInterview = { projectId: string; interviewId: string }
const bothRooms = (input: InInterview): string[] => [projectRoom(input.projectId), chatRoom(input.interviewId)]
export const words = z.string().trim().min(1, 'Say something first.').max(20_000, 'An answer can have at most 20,000 characters.')

/** Starts an interview; with the built-in list its first question is there at once. Answers its id. */
export const startInterview = defineCommand({
  name: 'startInterview',
  input: z.object({ ...inInterview, title: interviews.schema.shape.title, model: z.string().max(100).default(BUILTIN) }),
  rooms: bothRooms,
  run(tx, input) {
    tx.room(projectRoom(input.projectId)).create(interviews, {
      id: input.interviewId,
      projectId: input.projectId,
      title: input.title,
      model: input.model,
      status: 'active',
    })
    askNextBuiltin(tx, input)
    return accept(input.interviewId)
  },
})

/** Answers a question by an option, in free words, or with "I don't know" (then the topic counts as assumed). */
export const answerQuestion = defineCommand({
  name: 'answerQuestion',
  input: z.object({ ...inInterview, id: z.uuid(), questionId: z.string(), text: words, dontKnow: z.boolean().default(false) }),
  rooms: bothRooms,
  run(tx, input) {
    const active = activeInterview(tx, input)
    if (!active.ok) return active
    const question = tx.room(chatRoom(input.interviewId)).get(messages, input.questionId)
    if (!question) return refuse('question-not-found', 'That question is gone. Answer the one shown now.')
    addAnswer(tx, input, question)
    return accept(input.id)
  },
})

/** INTERVIEW-12: answers the topic somebody picked, whatever the others are asked. Its question comes into the chat with the answer where it was not there. */
export const answerTopic = defineCommand({
  name: 'answerTopic',
  input: z.object({ ...inInterview, id: z.uuid(), topic: z.enum(TOPICS), text: words, dontKnow: z.boolean().default(false) }),
  rooms: bothRooms,
  run(tx, input) {
    const active = activeInterview(tx, input)
    if (!active.ok) return active
    const chat = tx.room(chatRoom(input.interviewId))
    const question = questionAbout(input.interviewId, input.topic, chat.all(messages))
    if (!chat.get(messages, question.id)) addMessage(tx, input.interviewId, question)
    addAnswer(tx, input, question)
    return accept(input.id)
  },
})

/** Says something in an interview that answers no question in particular. */
export const sayInInterview = defineCommand({
  name: 'sayInInterview',
  input: z.object({ ...inInterview, id: z.uuid(), text: words }),
  rooms: bothRooms,
  run(tx, input) {
    const active = activeInterview(tx, input)
    if (!active.ok) return active
    addMessage(tx, input.interviewId, { id: input.id, content: input.text })
    return accept(input.id)
  },
})

/** Marks what a topic stands for as assumed, so that an interview can end without an answer to it. */
export const assumeTopic = defineCommand({
  name: 'assumeTopic',
  input: z.object({ ...inInterview, topic: z.enum(TOPICS) }),
  rooms: bothRooms,
  run(tx, input) {
    const active = activeInterview(tx, input)
    if (!active.ok) return active
    tx.room(projectRoom(input.projectId)).update(interviews, input.interviewId, { [input.topic]: 'assumed' })
    askNextBuiltin(tx, input)
    return accept()
  },
})

/** Completes, cancels or reopens an interview, in the actor's name. */
export const setInterviewStatus = defineCommand({
  name: 'setInterviewStatus',
  input: z.object({ ...inInterview, status: z.enum(INTERVIEW_STATUSES) }),
  rooms: bothRooms,
  run(tx, input) {
    const project = tx.room(projectRoom(input.projectId))
    const interview = project.get(interviews, input.interviewId)
    if (!interview) return interviewGone()
    if (!project.knows(interviews, interview.id, 'status')) return refuseNewerWord()
    const allowed = decideTransition(interviewLifecycle, interview.status, input.status)
    if (!allowed.ok) return allowed
    project.update(interviews, interview.id, { status: input.status, statusBy: tx.actor, statusAt: tx.now })
    if (input.status === 'active') askNextBuiltin(tx, input)
    return accept()
  },
})

/** Changes who asks the questions from now on: a model's id, or `builtin`. */
export const setInterviewModel = defineCommand({
  name: 'setInterviewModel',
  input: z.object({ ...inInterview, model: z.string().max(100) }),
  rooms: bothRooms,
  run(tx, input) {
    const active = activeInterview(tx, input)
    if (!active.ok) return active
    tx.room(projectRoom(input.projectId)).update(interviews, input.interviewId, { model: input.model })
    askNextBuiltin(tx, input)
    return accept()
  },
})

/** The interview, where it still takes what people say. */
export function activeInterview(tx: Tx, { projectId, interviewId }: InInterview): Answer<Interview> {
  const project = tx.room(projectRoom(projectId))
  const interview = project.get(interviews, interviewId)
  if (!interview) return interviewGone()
  if (!project.knows(interviews, interviewId, 'status')) return refuseNewerWord()
  if (interview.status === 'active') return accept(interview)
  return refuse('interview-ended', `This interview is ${interview.status}. Reopen it to say more.`)
}

/**
 * Asks the next question of the built-in list where that is who asks. Two people who answer the same question offline cause one
 * next question and not two.
 */
function askNextBuiltin(tx: Tx, { projectId, interviewId }: InInterview): void {
  const interview = tx.room(projectRoom(projectId)).get(interviews, interviewId)
  if (!interview || interview.model !== BUILTIN || interview.status !== 'active') return
  const chat = tx.room(chatRoom(interviewId))
  const coverage = coverageOf(interview)
  const asked = chat.all(messages)
  const waiting = asked.some(({ role, topic }) => role === 'assistant' && topic !== null && coverage[topic] === 'open')
  const next = waiting ? undefined : nextBuiltinQuestion(coverage, asked)
  if (!next) return
  addMessage(tx, interviewId, builtinMessage(interviewId, next))
}

type Given = InInterview & { id: string; text: string; dontKnow: boolean }

/** An answer beside its question, and what follows from it. */
function addAnswer(tx: Tx, { projectId, interviewId, id, text, dontKnow }: Given, question: Pick<Askable, 'id' | 'topic'>): void {
  addMessage(tx, interviewId, { id, content: text, topic: question.topic, answers: question.id, assumed: dontKnow })
  if (question.topic)
    tx.room(projectRoom(projectId)).update(interviews, interviewId, { [question.topic]: dontKnow ? 'assumed' : 'answered' })
  askNextBuiltin(tx, { projectId, interviewId })
}

type NewMessage = Partial<NewRowOf<typeof messages>> & { id: string; content: string }

function addMessage(tx: Tx, interviewId: string, message: NewMessage): void {
  const chat = tx.room(chatRoom(interviewId))
  const last = chat
    .pick(messages, ['order'])
    .reduce<string | null>((high, { order }) => (high === null || order > high ? order : high), null)
  chat.create(messages, { role: 'user', author: tx.actor, order: orderBetween(last, null, tx.random), ...message })
}
