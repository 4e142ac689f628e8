import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { decideTransition, refuseNewerWord } from '#domain/core/lifecycle.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { sumOfCosts } from '#domain/models/price.ts'
import { processLifecycle, turnLifecycle } from './rules.ts'
import { PROCESS_STATUSES, processes, processRepoStates, RUN_REASONS, sessions, TURN_STATUSES, turns } from './schema.ts'

// The record: run by the server alone.
const inRecord = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [recordRoom(input.projectId)]

/** Opens a conversation with an agent inside an attempt; one that exists becomes active again. */
export const recordSession = defineCommand({
  name: 'recordSession',
  input: z.object({
    ...inRecord,
    sessionId: z.string(),
    attemptId: z.string(),
    executor: z.string(),
    model: z.string().nullable().default(null),
  }),
  rooms: room,
  run(tx, { projectId, sessionId, ...fields }) {
    const record = tx.room(recordRoom(projectId))
    if (record.get(sessions, sessionId)) record.update(sessions, sessionId, { status: 'active' })
    else record.create(sessions, { id: sessionId, ...fields, status: 'active' })
    return accept(sessionId)
  },
})

/** Ends a conversation, well or not. */
export const endSession = defineCommand({
  name: 'endSession',
  input: z.object({ ...inRecord, sessionId: z.string(), status: z.enum(['completed', 'failed']) }),
  rooms: room,
  run(tx, { projectId, sessionId, status }) {
    tx.room(recordRoom(projectId)).update(sessions, sessionId, { status })
    return accept()
  },
})

/** Writes down a request to an agent, waiting for a runner or in the queue; one that waits already may be asked again, in other words. */
export const recordTurn = defineCommand({
  name: 'recordTurn',
  input: z.object({
    ...inRecord,
    turnId: z.string(),
    sessionId: z.string(),
    attemptId: z.string(),
    prompt: z.string(),
    interrupts: z.boolean().default(false),
  }),
  rooms: room,
  run(tx, { projectId, turnId, ...fields }) {
    const record = tx.room(recordRoom(projectId))
    const known = record.get(turns, turnId)
    if (!known) record.create(turns, { id: turnId, ...fields, status: 'waiting' })
    else if (known.status === 'waiting') record.update(turns, turnId, { prompt: fields.prompt, interrupts: fields.interrupts })
    else return refuse('turn-begun', 'The agent has been asked this already.')
    return accept(turnId)
  },
})

/** Brings a turn to its next state, with what came of it. */
export const moveTurn = defineCommand({
  name: 'moveTurn',
  input: z.object({
    ...inRecord,
    turnId: z.string(),
    status: z.enum(TURN_STATUSES),
    reason: z.string().nullable().default(null),
    summary: z.string().nullable().default(null),
  }),
  rooms: room,
  run(tx, { projectId, turnId, status, reason, summary }) {
    const record = tx.room(recordRoom(projectId))
    const turn = record.get(turns, turnId)
    if (!turn) return refuse('turn-not-found', 'There is no such turn.')
    if (!record.knows(turns, turnId, 'status')) return refuseNewerWord()
    const allowed = decideTransition(turnLifecycle, turn.status, status)
    if (!allowed.ok) return allowed
    record.update(turns, turnId, { status, reason, summary: summary ?? turn.summary })
    return accept()
  },
})

/** SESSION-1: notes how full a conversation is now. */
export const noteContext = defineCommand({
  name: 'noteContext',
  input: z.object({ ...inRecord, sessionId: z.string(), used: z.number(), limit: z.number().nullable(), leftOut: z.number() }),
  rooms: room,
  run(tx, { projectId, sessionId, used, limit, leftOut }) {
    tx.room(recordRoom(projectId)).update(sessions, sessionId, { contextUsed: used, contextLimit: limit, contextLeftOut: leftOut })
    return accept()
  },
})

/** Adds what a turn's requests to a model took, and cost where that is known. */
export const addUsage = defineCommand({
  name: 'addUsage',
  input: z.object({ ...inRecord, turnId: z.string(), promptTokens: z.number(), completionTokens: z.number(), cost: z.number().nullable() }),
  rooms: room,
  run(tx, { projectId, turnId, promptTokens, completionTokens, cost }) {
    const record = tx.room(recordRoom(projectId))
    const turn = record.get(turns, turnId)
    if (!turn) return accept()
    record.update(turns, turnId, {
      promptTokens: turn.promptTokens + promptTokens,
      completionTokens: turn.completionTokens + completionTokens,
      cost: sumOfCosts([turn.cost, cost]),
    })
    return accept()
  },
})

/** Writes down that a process began, and where the repository stood. */
export const recordProcess = defineCommand({
  name: 'recordProcess',
  input: z.object({
    ...inRecord,
    processId: z.string(),
    sessionId: z.string(),
    attemptId: z.string(),
    turnId: z.string(),
    repoId: z.string(),
    runReason: z.enum(RUN_REASONS),
    command: z.string(),
    beforeHeadCommit: z.string().nullable(),
  }),
  rooms: room,
  run(tx, { projectId, processId, repoId, command, beforeHeadCommit, ...fields }) {
    const record = tx.room(recordRoom(projectId))
    record.create(processes, { id: processId, ...fields, action: { command }, status: 'running', startedAt: tx.now })
    if (beforeHeadCommit !== null && !record.get(processRepoStates, processId)) {
      record.create(processRepoStates, { id: processId, processId, repoId, beforeHeadCommit })
    }
    return accept(processId)
  },
})

/** Writes down how a process ended. */
export const endProcess = defineCommand({
  name: 'endProcess',
  input: z.object({
    ...inRecord,
    processId: z.string(),
    status: z.enum(PROCESS_STATUSES),
    exitCode: z.number().nullable().default(null),
    afterHeadCommit: z.string().nullable().default(null),
  }),
  rooms: room,
  run(tx, { projectId, processId, status, exitCode, afterHeadCommit }) {
    const record = tx.room(recordRoom(projectId))
    const process = record.get(processes, processId)
    if (!process) return refuse('process-not-found', 'There is no such process.')
    if (!record.knows(processes, processId, 'status')) return refuseNewerWord()
    const allowed = decideTransition(processLifecycle, process.status, status)
    if (!allowed.ok) return allowed
    record.update(processes, processId, { status, exitCode, completedAt: tx.now })
    if (afterHeadCommit !== null) record.update(processRepoStates, processId, { afterHeadCommit })
    return accept()
  },
})

/** PROCESS-2: what still reads "running" of a turn that ended reads interrupted (or killed) instead. Answers their ids. */
export const stopProcesses = defineCommand({
  name: 'stopProcesses',
  input: z.object({ ...inRecord, turnId: z.string(), status: z.enum(['killed', 'interrupted']) }),
  rooms: room,
  run(tx, { projectId, turnId, status }) {
    const record = tx.room(recordRoom(projectId))
    const running = record
      .pick(processes, ['turnId', 'status'])
      .filter(({ id, ...process }) => process.turnId === turnId && process.status === 'running' && record.knows(processes, id, 'status'))
    for (const { id } of running) record.update(processes, id, { status, completedAt: tx.now })
    return accept(running.map(({ id }) => id))
  },
})

/** Lets no message in the queue begin because a turn was stopped: whoever stops it now wants it to stand still. */
export const holdQueue = defineCommand({
  name: 'holdQueue',
  input: z.object({ ...inRecord, attemptId: z.string() }),
  rooms: room,
  run(tx, { projectId, attemptId }) {
    const record = tx.room(recordRoom(projectId))
    for (const turn of record.pick(turns, ['attemptId', 'interrupts']))
      if (turn.attemptId === attemptId && turn.interrupts) record.update(turns, turn.id, { interrupts: false })
    return accept()
  },
})
