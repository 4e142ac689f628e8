import { z } from 'zod'
import { defineCollection, type RowOf } from '#domain/core/collection.ts'

/** One conversation with one agent inside an attempt. Its chat room is `chat/<session id>`. */
export const sessions = defineCollection({
  name: 'sessions',
  room: 'record',
  schema: z.object({
    attemptId: z.string(),
    executor: z.string(),
    model: z.string().nullable().default(null),
    status: z.enum(['active', 'completed', 'failed']),
    agentSessionId: z.string().nullable().default(null),
    /** SESSION-1: how full it was when its agent spoke last, in tokens; null where it keeps no count, or the limit is not known. */
    contextUsed: z.number().nullable().default(null),
    contextLimit: z.number().nullable().default(null),
    /** How many results of tools had given way in that turn to make room. */
    contextLeftOut: z.number().default(0),
  }),
  indexes: [['attemptId', 'status']],
})
export type Session = RowOf<typeof sessions>

export const TURN_STATUSES = ['waiting', 'leased', 'running', 'done', 'failed', 'cancelled'] as const
export type TurnStatus = (typeof TURN_STATUSES)[number]

/** One request to an agent and all it did about it. The queue itself, with leases and fences, is a table of the server. */
export const turns = defineCollection({
  name: 'turns',
  room: 'record',
  schema: z.object({
    sessionId: z.string(),
    attemptId: z.string(),
    prompt: z.string(),
    summary: z.string().nullable().default(null),
    agentSessionId: z.string().nullable().default(null),
    agentMessageId: z.string().nullable().default(null),
    status: z.enum(TURN_STATUSES),
    reason: z.string().nullable().default(null),
    promptTokens: z.number().default(0),
    completionTokens: z.number().default(0),
    /** In US dollars, of the requests whose price was known; null: of none. */
    cost: z.number().nullable().default(null),
    /** While it waits: it is begun also when the turn before it was stopped, for that was stopped to make room for it. */
    interrupts: z.boolean().default(false),
  }),
  indexes: [['sessionId'], ['attemptId']],
})
export type Turn = RowOf<typeof turns>

/**
 * What a person wrote to an agent that has not read it yet, in the chat's room: it can be changed, moved and taken back, also offline. When the agent
 * reads it the row goes, and a message of the same id takes its place: what is changed too late changes nothing that was read.
 */
export const queuedMessages = defineCollection({
  name: 'queuedMessages',
  room: 'chat',
  schema: z.object({ author: z.string(), text: z.string(), order: z.string() }),
})
export type QueuedMessage = RowOf<typeof queuedMessages>

/** The same before there is a chat: what the agent of a card's next attempt is told when that starts. It stands with the card. */
export const cardMessages = defineCollection({
  name: 'cardMessages',
  room: 'project',
  schema: z.object({ taskId: z.string(), author: z.string(), text: z.string(), order: z.string() }),
  indexes: [['taskId']],
})

export const RUN_REASONS = ['setupScript', 'cleanupScript', 'archiveScript', 'codingAgent', 'devServer', 'check'] as const
export const PROCESS_STATUSES = ['running', 'completed', 'failed', 'killed', 'interrupted'] as const
export type ProcessStatus = (typeof PROCESS_STATUSES)[number]

export const processes = defineCollection({
  name: 'processes',
  room: 'record',
  schema: z.object({
    sessionId: z.string(),
    attemptId: z.string(),
    turnId: z.string(),
    runReason: z.enum(RUN_REASONS),
    action: z.record(z.string(), z.json()).default({}),
    status: z.enum(PROCESS_STATUSES),
    exitCode: z.number().nullable().default(null),
    dropped: z.boolean().default(false),
    startedAt: z.number(),
    completedAt: z.number().nullable().default(null),
  }),
  indexes: [['attemptId'], ['turnId']],
})
export type Process = RowOf<typeof processes>

export const processRepoStates = defineCollection({
  name: 'processRepoStates',
  room: 'record',
  schema: z.object({
    processId: z.string(),
    repoId: z.string(),
    beforeHeadCommit: z.string(),
    afterHeadCommit: z.string().nullable().default(null),
    mergeCommit: z.string().nullable().default(null),
  }),
  indexes: [['processId']],
})
export type ProcessRepoState = RowOf<typeof processRepoStates>
