import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'
import { pastChanges } from '#domain/core/history.ts'

/** What an interview has to learn before it is enough. */
export const TOPICS = ['goal', 'users', 'data', 'screens', 'rules', 'limits', 'risks', 'doneWhen'] as const
export type Topic = (typeof TOPICS)[number]
export const COVERAGE = ['open', 'answered', 'assumed'] as const
export type CoverageState = (typeof COVERAGE)[number]
export type Coverage = Record<Topic, CoverageState>

export const INTERVIEW_STATUSES = ['active', 'completed', 'cancelled'] as const
export type InterviewStatus = (typeof INTERVIEW_STATUSES)[number]

/** The model id that means: no model, the built-in question list. */
export const BUILTIN = 'builtin'

const topicState = z.enum(COVERAGE)

/**
 * Coverage stands field by field, one per topic, so that two people answering different questions at once both count.
 */
export const interviews = defineCollection({
  name: 'interviews',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    title: z.string().trim().min(1, 'An interview needs a title.').max(255, 'A title can have at most 255 characters.'),
    status: z.enum(INTERVIEW_STATUSES),
    statusBy: z.string().nullable().default(null),
    statusAt: z.number().nullable().default(null),
    model: z.string().max(100).default(BUILTIN),
    goal: topicState.default('open'),
    users: topicState.default('open'),
    data: topicState.default('open'),
    screens: topicState.default('open'),
    rules: topicState.default('open'),
    limits: topicState.default('open'),
    risks: topicState.default('open'),
    doneWhen: topicState.default('open'),
    history: pastChanges,
  }),
  remembered: ['status'],
  indexes: [['projectId', 'status']],
})
export type Interview = RowOf<typeof interviews>

/** Nothing writes `queued` any more: messages that waited for their agent before there was a queue of their own (`queuedMessages`) hold it. */
export const MESSAGE_STATUSES = ['draft', 'queued', 'streaming', 'done', 'failed'] as const

/** One message of an interview or of a task session. The room is `chat/<interview id>` or `chat/<session id>`. */
export const messages = defineCollection({
  name: 'messages',
  room: 'chat',
  schema: z.object({
    role: z.enum(['user', 'assistant', 'system', 'tool']),
    content: z.string(),
    author: z.string().default(''),
    model: z.string().nullable().default(null),
    /** Which topic a question asks about, or an answer answers. */
    topic: z.enum(TOPICS).nullable().default(null),
    /** The clickable answers of a question, two to five. */
    options: z.array(z.string()).default([]),
    /** The question this message answers. */
    answers: z.string().nullable().default(null),
    status: z.enum(MESSAGE_STATUSES).default('done'),
    error: z.string().nullable().default(null),
    /** Who stopped it before it was whole. */
    stoppedBy: z.string().nullable().default(null),
    /** `assumed` marks an answer of "I don't know". */
    assumed: z.boolean().default(false),
    promptTokens: z.number().nullable().default(null),
    completionTokens: z.number().nullable().default(null),
    cost: z.number().nullable().default(null),
    images: z.array(z.string()).default([]),
    turnId: z.string().nullable().default(null),
    /** What a tool message did, for the live view: name and short argument. */
    tool: z.string().nullable().default(null),
    order: z.string(),
  }),
  longText: ['content'],
  indexes: [['turnId']],
})
export type Message = RowOf<typeof messages>

/** That an answer was changed after it was given, by whom (its creator) and from what. What was made of the answer before is told by it. */
export const answerEdits = defineCollection({
  name: 'answerEdits',
  room: 'project',
  schema: z.object({ projectId: z.string(), interviewId: z.string(), messageId: z.string(), before: z.string(), after: z.string() }),
  indexes: [['projectId'], ['interviewId']],
})
export type AnswerEdit = RowOf<typeof answerEdits>

/**
 * Answers of an interview that cannot all hold: named by the model that asks, or written down when somebody settles what two
 * people answered differently. Settled, `kept` are the answers that hold; `settlement` says in words what holds instead or beside.
 */
export const contradictions = defineCollection({
  name: 'contradictions',
  room: 'project',
  schema: z.object({
    projectId: z.string(),
    interviewId: z.string(),
    name: z.string().trim().min(1).max(300),
    answers: z.array(z.string()),
    kept: z.array(z.string()).default([]),
    settlement: z.string().default(''),
    settledBy: z.string().nullable().default(null),
    settledAt: z.number().nullable().default(null),
  }),
  indexes: [['projectId'], ['interviewId']],
})
export type Contradiction = RowOf<typeof contradictions>
