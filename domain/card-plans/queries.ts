import { listRows } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { cardPlans, planRevisions } from './schema.ts'

/** The plans of a card as they read now. */
export const plansOf = (projectId: string, taskId: string) =>
  listRows(cardPlans, ['taskId', 'title', 'text', 'createdAt'], { room: projectRoom(projectId), taskId })

/** What was approved of the plans of a card. */
export const revisionsOf = (projectId: string, taskId: string) =>
  listRows(planRevisions, ['planId', 'number', 'title', 'text', 'by', 'at'], { room: recordRoom(projectId), taskId })
