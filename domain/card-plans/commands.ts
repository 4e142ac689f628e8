import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { gone } from '#domain/tasks/together.ts'
import { cardPlans, planRevisions, planText, planTitle } from './schema.ts'

const inProject = { projectId: z.uuid() }
const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]

/** The refusal of a plan that somebody has deleted meanwhile. */
export const planGone = () => refuse('plan-not-found', 'That plan is gone. Somebody may have deleted it.')

/** Adds an empty plan to a card. */
export const addPlan = defineCommand({
  name: 'addPlan',
  input: z.object({ ...inProject, id: z.uuid(), taskId: z.string(), title: planTitle.default('Plan') }),
  rooms: room,
  run(tx, { projectId, ...fields }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(tasks, fields.taskId)) return gone()
    return accept(board.create(cardPlans, fields))
  },
})

/** PLAN-3: the plan of a card's copy, as it was approved for the other one. The same id twice is one plan. Run by the server alone. */
export const copyPlan = defineCommand({
  name: 'copyPlan',
  input: z.object({ ...inProject, id: z.uuid(), taskId: z.string(), title: planTitle, text: planText }),
  rooms: room,
  run(tx, { projectId, ...fields }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(cardPlans, fields.id)) board.create(cardPlans, fields)
    return accept()
  },
})

/** Gives a plan another name, or other words at once; what people type together they type in its shared text. */
export const editPlan = defineCommand({
  name: 'editPlan',
  input: z.object({ ...inProject, planId: z.string(), patch: z.object({ title: planTitle, text: z.string() }).partial() }),
  rooms: room,
  run(tx, { projectId, planId, patch }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(cardPlans, planId)) return planGone()
    board.update(cardPlans, planId, patch)
    return accept()
  },
})

/** Takes a plan off its card. What was approved of it stays in the record, and no agent that starts from now on is given it. */
export const removePlan = defineCommand({
  name: 'removePlan',
  input: z.object({ ...inProject, planId: z.string() }),
  rooms: room,
  run(tx, { projectId, planId }) {
    const board = tx.room(projectRoom(projectId))
    if (!board.get(cardPlans, planId)) return planGone()
    board.remove(cardPlans, planId)
    return accept()
  },
})

/** PLAN-1: writes down a plan as somebody read and approved it, as its next revision. The same id twice is one. Answers its number. Run by the server alone. */
export const recordRevision = defineCommand({
  name: 'recordRevision',
  input: z.object({ ...inProject, revisionId: z.uuid(), taskId: z.string(), planId: z.string(), title: planTitle, text: planText }),
  rooms: ({ projectId }) => [recordRoom(projectId)],
  run(tx, { projectId, revisionId, ...fields }) {
    const record = tx.room(recordRoom(projectId))
    const known = record.get(planRevisions, revisionId)
    if (known) return accept(known.number)
    const before = record.pick(planRevisions, ['planId', 'number']).filter(({ planId }) => planId === fields.planId)
    const number = before.reduce((highest, revision) => Math.max(highest, revision.number), 0) + 1
    record.create(planRevisions, { id: revisionId, ...fields, number, by: tx.actor, at: tx.now })
    return accept(number)
  },
})
