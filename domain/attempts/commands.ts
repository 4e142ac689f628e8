import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { decideTransition, refuseNewerWord } from '#domain/core/lifecycle.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { attemptLifecycle } from './rules.ts'
import { ATTEMPT_STATUSES, attemptRepos, attempts } from './schema.ts'

// The record: run by the server alone.
const inRecord = { projectId: z.uuid(), attemptId: z.string() }
const room = (input: { projectId: string }): string[] => [recordRoom(input.projectId)]
const gone = () => refuse('attempt-not-found', 'There is no such attempt.')
const { agent, modelId, modelLabel, branch, targetBranch, name, promptId, promptSnapshot } = attempts.schema.shape

/** Writes down that somebody started an attempt at a card, on its own branch. */
export const recordAttempt = defineCommand({
  name: 'recordAttempt',
  input: z.object({
    ...inRecord,
    taskId: z.string(),
    repoId: z.string(),
    agent,
    modelId,
    modelLabel,
    branch,
    targetBranch,
    name,
    promptId,
    promptSnapshot,
  }),
  rooms: room,
  run(tx, { attemptId, repoId, ...fields }) {
    const record = tx.room(recordRoom(fields.projectId))
    if (record.get(attempts, attemptId)) return refuse('attempt-exists', 'This attempt was already started.')
    record.create(attempts, { id: attemptId, ...fields, status: 'queued' })
    record.create(attemptRepos, { attemptId, repoId, targetBranch: fields.targetBranch })
    return accept(attemptId)
  },
})

/** Brings an attempt to its next state, with a sentence that says why where people should know. */
export const moveAttempt = defineCommand({
  name: 'moveAttempt',
  input: z.object({ ...inRecord, status: z.enum(ATTEMPT_STATUSES), reason: z.string().nullable().default(null) }),
  rooms: room,
  run(tx, { projectId, attemptId, status, reason }) {
    const record = tx.room(recordRoom(projectId))
    const attempt = record.get(attempts, attemptId)
    if (!attempt) return gone()
    if (!record.knows(attempts, attemptId, 'status')) return refuseNewerWord()
    const allowed = decideTransition(attemptLifecycle, attempt.status, status)
    if (!allowed.ok) return allowed
    const begins = status === 'preparing' || status === 'running'
    const ends = status !== 'queued' && !begins
    record.update(attempts, attemptId, {
      status,
      reason,
      startedAt: status === 'queued' ? null : begins ? (attempt.startedAt ?? tx.now) : attempt.startedAt,
      endedAt: ends ? tx.now : null,
    })
    return accept()
  },
})

// Not the collection's own shapes: their defaults would fill in, and so wipe out, what a patch does not name.
const known = z
  .object({
    containerRef: z.string(),
    branch: z.string(),
    baseCommit: z.string(),
    headCommit: z.string(),
    patch: z.string(),
    patchInFull: z.string().nullable(),
    filesChanged: z.number(),
    linesAdded: z.number(),
    linesRemoved: z.number(),
    waitsForRoom: z.boolean(),
  })
  .partial()

/** Writes down what the runner found out: where the attempt's folder is, which commits it spans, how large its change is; or that it waits for room. */
export const describeAttempt = defineCommand({
  name: 'describeAttempt',
  input: z.object({ ...inRecord, patch: known }),
  rooms: room,
  run(tx, { projectId, attemptId, patch }) {
    const record = tx.room(recordRoom(projectId))
    if (!record.get(attempts, attemptId)) return gone()
    record.update(attempts, attemptId, patch)
    return accept()
  },
})
