import { z } from 'zod'
import { fileChange } from '#domain/attempts/file-change.ts'
import { COVERAGE, TOPICS } from '#domain/interviews/schema.ts'
import { proposedPrompt } from '#domain/prompts/proposal.ts'
import { proposedTask } from '#domain/tasks/proposal.ts'
import { PROCESS_STATUSES, RUN_REASONS } from './schema.ts'

/**
 * What server and runner say to each other about one claimed turn. The runner holds a fence: every later call carries it,
 * and a runner whose lease lapsed is refused.
 */

/** Who does the work. The key is there only for the turn that was claimed. */
export const agentSpec = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('builtin') }),
  z.object({
    kind: z.literal('openai'),
    modelId: z.string(),
    /** What people call it; stands in commits and messages. */
    label: z.string(),
    baseUrl: z.string(),
    apiKey: z.string().nullable(),
    model: z.string(),
    temperature: z.number().nullable(),
    contextWindow: z.number().nullable(),
    takesPictures: z.boolean().default(false),
  }),
])
export type AgentSpec = z.output<typeof agentSpec>

/** One message of a chat as an agent is told it. */
export const spoken = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant', 'system', 'tool']),
  content: z.string(),
  author: z.string(),
  topic: z.enum(TOPICS).nullable(),
  answers: z.string().nullable(),
  assumed: z.boolean(),
})
export type Spoken = z.output<typeof spoken>

// biome-ignore format: a table
const coverage = z.object({
  goal: z.enum(COVERAGE), users: z.enum(COVERAGE), data: z.enum(COVERAGE), screens: z.enum(COVERAGE),
  rules: z.enum(COVERAGE), limits: z.enum(COVERAGE), risks: z.enum(COVERAGE), doneWhen: z.enum(COVERAGE),
})

/** How far a run may go before it stops with its work kept. */
export const runLimits = z.object({
  maxSteps: z.number().int().positive().default(50),
  maxMs: z
    .number()
    .int()
    .positive()
    .default(30 * 60_000),
  maxTokens: z.number().int().positive().default(2_000_000),
})

/** What a turn asks for, by kind. Paths come from the server's own table of linked repositories, never from a document. */
export const turnPayload = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('execute'),
    agent: agentSpec,
    projectId: z.string(),
    attemptId: z.string(),
    sessionId: z.string(),
    repoId: z.string(),
    repoPath: z.string(),
    branch: z.string(),
    targetBranch: z.string(),
    /** The newest commit of the branch that the record knows of. */
    headCommit: z.string().nullable().default(null),
    task: z.object({ id: z.string(), shortId: z.string(), title: z.string(), description: z.string(), checklist: z.array(z.string()) }),
    /** The rendered prompt: everything the agent is asked, in one text. */
    prompt: z.string(),
    promptId: z.string().nullable(),
    transcript: z.array(spoken),
    startedBy: z.object({ name: z.string(), email: z.string().nullable() }),
    limits: runLimits,
    forbiddenPaths: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('interview'),
    agent: agentSpec,
    projectId: z.string(),
    interviewId: z.string(),
    title: z.string(),
    coverage,
    transcript: z.array(spoken),
    repoPath: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('proposePrompts'),
    agent: agentSpec,
    projectId: z.string(),
    interviewId: z.string(),
    title: z.string(),
    transcript: z.array(spoken),
  }),
  z.object({
    kind: z.literal('proposeTasks'),
    agent: agentSpec,
    projectId: z.string(),
    promptId: z.string(),
    title: z.string(),
    prompt: z.string(),
    /** What people took out of earlier proposals. */
    rejected: z.array(z.string()).default([]),
  }),
  z.object({
    kind: z.literal('title'),
    agent: agentSpec,
    projectId: z.string(),
    taskId: z.string(),
    /** What somebody wrote, for which a title is wanted. */
    text: z.string(),
  }),
  z.object({ kind: z.literal('testModel'), agent: agentSpec }),
  z.object({ kind: z.literal('inspectRepo'), path: z.string() }),
  z.object({ kind: z.literal('createRepo'), name: z.string() }),
  z.object({
    kind: z.literal('merge'),
    projectId: z.string(),
    attemptId: z.string(),
    repoId: z.string(),
    repoPath: z.string(),
    branch: z.string(),
    targetBranch: z.string(),
    /** The head people reviewed; a merge of anything else is refused. */
    headCommit: z.string(),
    message: z.string(),
    mergedBy: z.object({ name: z.string(), email: z.string().nullable() }),
    /** The attempt whose branch the target is, with the commit it started from: its change is told anew. */
    into: z.object({ attemptId: z.string(), baseCommit: z.string() }).optional(),
  }),
])
export type TurnPayload = z.output<typeof turnPayload>
export type TurnKind = TurnPayload['kind']
export type PayloadOf<K extends TurnKind> = Extract<TurnPayload, { kind: K }>

/** A claim: the turn, the fence every later call must carry, and what is asked. */
export type Claim = { turnId: string; fence: number; leaseMs: number; payload: TurnPayload }

/** An attempt's change so far: its patch and the one with all lines of its files (hashes of blobs uploaded before), the commit it leads to, its size. */
const wholeChange = z.object({
  patch: z.string(),
  patchInFull: z.string().nullable().default(null),
  headCommit: z.string(),
  filesChanged: z.number(),
  linesAdded: z.number(),
  linesRemoved: z.number(),
})
export type WholeChange = z.output<typeof wholeChange>

/**
 * How full a conversation with a model is: its tokens, of how many that fit (null: not known), and how many results of tools have given way in this turn to
 * make room.
 */
const contextNow = z.object({
  used: z.number().int().nonnegative(),
  limit: z.number().int().positive().nullable(),
  leftOut: z.number().int().nonnegative(),
})
export type ContextNow = z.output<typeof contextNow>

/** What a runner tells while it works. Batches carry a sequence number; a batch told twice counts once. */
export const runEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), status: z.enum(['preparing', 'running']) }),
  z.object({ type: z.literal('workspace'), path: z.string(), branch: z.string(), baseCommit: z.string(), machine: z.string() }),
  z.object({
    type: z.literal('process.started'),
    processId: z.string(),
    runReason: z.enum(RUN_REASONS),
    command: z.string(),
    beforeHeadCommit: z.string().nullable(),
  }),
  z.object({
    type: z.literal('process.ended'),
    processId: z.string(),
    status: z.enum(PROCESS_STATUSES),
    exitCode: z.number().nullable(),
    afterHeadCommit: z.string().nullable(),
  }),
  z.object({ type: z.literal('log'), processId: z.string(), stream: z.enum(['stdout', 'stderr', 'agent']), text: z.string() }),
  /** Grows, or ends, one chat message. The first event of an id makes it. */
  z.object({
    type: z.literal('message'),
    messageId: z.string(),
    role: z.enum(['assistant', 'tool']),
    delta: z.string(),
    tool: z.string().nullable(),
    end: z.enum(['done', 'failed']).nullable(),
    error: z.string().nullable(),
  }),
  /** As much of an interview's next question as has arrived, whole each time. */
  z.object({ type: z.literal('question'), text: z.string() }),
  z.object({
    type: z.literal('usage'),
    promptTokens: z.number(),
    completionTokens: z.number(),
    requests: z.number(),
    /** The message of the chat it brought, if there is one. */
    messageId: z.string().optional(),
    /** How full the agent's conversation is now, where it has one. */
    context: contextNow.optional(),
  }),
  z.object({
    type: z.literal('commit'),
    /** Which turn made it: an earlier one may not have been able to tell of it. Left out: this one. */
    turnId: z.string().optional(),
    sha: z.string(),
    message: z.string(),
    changes: z.array(fileChange),
    author: z.string(),
    coAuthors: z.array(z.string()),
    timestamp: z.number(),
  }),
  /** The whole change of the attempt so far, base to head, uploaded as a blob before. */
  wholeChange.extend({ type: z.literal('diff') }),
])
export type RunEvent = z.output<typeof runEvent>

/** What a turn of each kind comes to when it ends well. */
// biome-ignore format: one kind a line
export const turnResults = {
  execute: z.object({ summary: z.string(), changed: z.boolean() }),
  interview: z.object({
    question: z.string(),
    options: z.array(z.string()),
    topic: z.enum(TOPICS).nullable(),
    /** Topics the answers so far have settled. */
    answered: z.array(z.enum(TOPICS)),
    /** Answers that cannot all hold, each with a name people can ask each other. */
    contradictions: z.array(z.object({ name: z.string(), answers: z.array(z.string()) })).default([]),
    promptTokens: z.number(),
    completionTokens: z.number(),
  }),
  proposePrompts: z.object({ proposals: z.array(proposedPrompt) }),
  proposeTasks: z.object({ proposals: z.array(proposedTask) }),
  title: z.object({ title: z.string() }),
  testModel: z.object({ latencyMs: z.number(), models: z.array(z.string()), reply: z.string() }),
  inspectRepo: z.object({ path: z.string(), name: z.string(), remoteUrl: z.string().nullable(), defaultBranch: z.string(), headCommit: z.string().nullable(), branches: z.array(z.string()), dirty: z.boolean() }),
  createRepo: z.object({ path: z.string(), name: z.string(), remoteUrl: z.null(), defaultBranch: z.string(), headCommit: z.string(), branches: z.array(z.string()), dirty: z.literal(false) }),
  merge: z.object({ mergeCommit: z.string(), targetHead: z.string(), into: wholeChange.optional() }),
} as const
export type TurnResults = { [K in TurnKind]: z.output<(typeof turnResults)[K]> }

/** How a turn ended: with a result of its kind, or with a sentence that names cause and cure. */
export const turnEnd = z.object({
  outcome: z.enum(['succeeded', 'failed', 'cancelled']),
  reason: z.string().nullable(),
  result: z.json().nullable(),
})
export type TurnEnd = z.output<typeof turnEnd>
