import { listRows } from '#domain/core/query.ts'
import { chatRoom, projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { cardMessages, processes, processRepoStates, queuedMessages, sessions, turns } from './schema.ts'

/** The conversations of one attempt. */
export const sessionsOf = (projectId: string, attemptId: string) =>
  listRows(sessions, ['attemptId', 'executor', 'model', 'status', 'createdAt', 'contextUsed', 'contextLimit', 'contextLeftOut'], {
    room: recordRoom(projectId),
    attemptId,
  })

/** What an agent was asked in one attempt, and what became of it. */
export const turnsOf = (projectId: string, attemptId: string) =>
  listRows(turns, ['attemptId', 'status', 'createdAt'], { room: recordRoom(projectId), attemptId })

/** What an agent was told in one attempt, turn by turn. */
export const toldIn = (projectId: string, attemptId: string) =>
  listRows(turns, ['prompt', 'createdAt'], { room: recordRoom(projectId), attemptId })

/** Which attempts a summary of a turn is of. */
export const turnsWithSummary = (projectId: string, summary: string) =>
  listRows(turns, ['attemptId'], { room: recordRoom(projectId), summary })

/** What ran, or runs, for one attempt. */
export const processesOf = (projectId: string, attemptId: string) =>
  listRows(processes, ['sessionId', 'attemptId', 'turnId', 'runReason', 'action', 'status', 'exitCode', 'startedAt', 'completedAt'], {
    room: recordRoom(projectId),
    attemptId,
  })

/** The commits a process started from and ended at, one row per repository. */
export const processStatesOf = (projectId: string, processId: string) =>
  listRows(processRepoStates, ['processId', 'repoId', 'beforeHeadCommit', 'afterHeadCommit', 'mergeCommit'], {
    room: recordRoom(projectId),
    processId,
  })

/** What was written to the agent of a conversation that it has not read yet. */
export const queueOf = (sessionId: string) => listRows(queuedMessages, ['author', 'text', 'order'], { room: chatRoom(sessionId) })

/** What the agent of a card's next attempt is told. Sort it with inQueueOrder. */
export const cardQueueOf = (projectId: string, taskId: string) =>
  listRows(cardMessages, ['author', 'text', 'order'], { room: projectRoom(projectId), taskId })

/** What the turns of a project cost, where that is known, for the sums on its cards. */
export const costsOf = (projectId: string) => listRows(turns, ['attemptId', 'cost'], { room: recordRoom(projectId) })
