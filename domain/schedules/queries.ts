import { listRows } from '#domain/core/query.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { schedules } from './schema.ts'

// biome-ignore format: a list
const SHOWN = ['taskId', 'modelId', 'modelLabel', 'targetBranch', 'at', 'repeats', 'timeZone', 'missedAt', 'reason', 'createdBy', 'createdAt'] as const

/** Every schedule of a project, for the marks on its cards. */
export const schedulesOf = (projectId: string) => listRows(schedules, SHOWN, { room: recordRoom(projectId) })

/** The schedules of one card. */
export const schedulesAt = (projectId: string, taskId: string) => listRows(schedules, SHOWN, { room: recordRoom(projectId), taskId })
