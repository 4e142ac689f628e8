import { derivedId } from '#domain/core/derived-id.ts'
import type { Lifecycle } from '#domain/core/lifecycle.ts'
import { compareOrder } from '#domain/core/order.ts'
import { type Refusal, refuse } from '#domain/core/refusal.ts'
import { type BuiltinQuestion, QUESTION_LIST } from './question-list.ts'
import { BUILTIN, type Coverage, type Interview, type InterviewStatus, type Message, TOPICS, type Topic } from './schema.ts'

/** The refusal of an interview that somebody has deleted meanwhile. */
export const interviewGone = (): Refusal => refuse('interview-not-found', 'That interview is gone. Somebody may have deleted it.')

/** INTERVIEW-1: an ended interview takes no more messages; reopening is an act of its own. */
export const interviewLifecycle: Lifecycle<InterviewStatus> = {
  what: 'An interview',
  next: { active: ['completed', 'cancelled'], completed: ['active'], cancelled: ['active'] },
}

/** A topic as people read it. */
export const TOPIC_WORDS: Readonly<Record<Topic, string>> = {
  goal: 'Goal',
  users: 'Users',
  data: 'Data',
  screens: 'Screens',
  rules: 'Rules',
  limits: 'Limits',
  risks: 'Risks',
  doneWhen: 'Done when',
}

/** The coverage of an interview as one record. */
export function coverageOf(interview: Pick<Interview, Topic>): Coverage {
  return Object.fromEntries(TOPICS.map((topic) => [topic, interview[topic]])) as Coverage
}

/** INTERVIEW-2: "enough" is offered as soon as no topic is open. */
export function isEnough(coverage: Coverage): boolean {
  return TOPICS.every((topic) => coverage[topic] !== 'open')
}

/** INTERVIEW-3: the next question of the built-in list: the first open topic that was not asked about yet; none when there is nothing left to ask. */
export function nextBuiltinQuestion(coverage: Coverage, asked: readonly Pick<Message, 'role' | 'topic'>[]): BuiltinQuestion | undefined {
  const done = new Set(asked.filter((message) => message.role === 'assistant').map((message) => message.topic))
  return QUESTION_LIST.find(({ topic }) => coverage[topic] === 'open' && !done.has(topic))
}

/** An answer beside the question it answers, in the order of the conversation. */
export type Answered = { question: Message; answers: Message[] }

/** The questions of a chat with their answers. */
export function questionsAndAnswers(messages: readonly Message[]): Answered[] {
  const inOrder = [...messages].sort(compareOrder)
  return inOrder
    .filter((message) => message.role === 'assistant' && (message.options.length > 0 || message.topic !== null))
    .map((question) => ({ question, answers: inOrder.filter((message) => message.answers === question.id) }))
}

/**
 * INTERVIEW-4: the question waiting for an answer: the first one nobody answered. With the coverage given, a question of the
 * built-in list about a topic people have assumed since waits no longer.
 */
export function openQuestion(messages: readonly Message[], coverage?: Coverage): Message | undefined {
  const isMoot = (question: Message) => question.author === BUILTIN && question.topic !== null && coverage?.[question.topic] === 'assumed'
  return questionsAndAnswers(messages).find(
    ({ question, answers }) => answers.length === 0 && question.status === 'done' && !isMoot(question),
  )?.question
}

/** A question as it is answered: one that stands in the chat, or one of the built-in list that is not there yet. */
export type Askable = Pick<Message, 'id' | 'role' | 'content' | 'topic' | 'options' | 'author' | 'model'>

/** A question of the built-in list as a message. Its id is derived, so that people who cause it apart cause one. */
export function builtinMessage(interviewId: string, { topic, text, options }: BuiltinQuestion): Askable {
  return {
    id: derivedId(interviewId, topic),
    role: 'assistant',
    content: text,
    topic,
    options: [...options],
    author: BUILTIN,
    model: BUILTIN,
  }
}

/**
 * INTERVIEW-12: what somebody who picks an open topic is asked: the question about it that waits for an answer already, else that of the built-in
 * list. It enters the chat with its answer, so picking one changes nothing for others.
 */
export function questionAbout(interviewId: string, topic: Topic, messages: readonly Message[]): Askable {
  const standing = questionsAndAnswers(messages).find(
    ({ question, answers }) => question.topic === topic && question.status === 'done' && answers.length === 0,
  )?.question
  const listed = QUESTION_LIST.find((one) => one.topic === topic)
  return standing ?? builtinMessage(interviewId, listed ?? { topic, text: TOPIC_WORDS[topic], options: [] })
}
