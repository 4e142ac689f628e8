import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { schedules } from './schema.ts'

// The record: run by the server alone.
const inRecord = { projectId: z.uuid(), scheduleId: z.string() }
const room = (input: { projectId: string }): string[] => [recordRoom(input.projectId)]
const { taskId, modelId, modelLabel, targetBranch, at, repeats, timeZone } = schedules.schema.shape

/** Writes down when work at a card is to begin; the same id again is another time for it, and what was missed before is forgotten. */
export const recordSchedule = defineCommand({
  name: 'recordSchedule',
  input: z.object({ ...inRecord, taskId, modelId, modelLabel, targetBranch, at, repeats, timeZone }),
  rooms: room,
  run(tx, { scheduleId, ...fields }) {
    const record = tx.room(recordRoom(fields.projectId))
    if (record.get(schedules, scheduleId)) record.update(schedules, scheduleId, { ...fields, missedAt: null, reason: null })
    else record.create(schedules, { id: scheduleId, ...fields })
    return accept(scheduleId)
  },
})

/** Writes down when it begins the next time, and which time was missed, if one was. */
export const advanceSchedule = defineCommand({
  name: 'advanceSchedule',
  input: z.object({ ...inRecord, at, missed: z.object({ at, reason: z.string() }).nullable() }),
  rooms: room,
  run(tx, { projectId, scheduleId, at, missed }) {
    const record = tx.room(recordRoom(projectId))
    if (!record.get(schedules, scheduleId)) return accept()
    record.update(schedules, scheduleId, { at, missedAt: missed?.at ?? null, reason: missed?.reason ?? null })
    return accept()
  },
})

/** Takes a schedule off its card: it has begun, or nobody wants it any more. */
export const endSchedule = defineCommand({
  name: 'endSchedule',
  input: z.object(inRecord),
  rooms: room,
  run(tx, { projectId, scheduleId }) {
    const record = tx.room(recordRoom(projectId))
    if (record.get(schedules, scheduleId)) record.remove(schedules, scheduleId)
    return accept()
  },
})
