import { listRows } from '#domain/core/query.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { attemptRepos, attempts } from './schema.ts'

// biome-ignore format: a list
const SHOWN = [
  'projectId', 'taskId', 'agent', 'modelId', 'modelLabel', 'branch', 'targetBranch', 'containerRef', 'status', 'reason', 'name', 'patch',
  'baseCommit', 'headCommit', 'filesChanged', 'linesAdded', 'linesRemoved', 'chosen', 'waitsForRoom', 'startedAt', 'endedAt', 'createdAt', 'createdBy',
] as const

/** Every attempt of a project, for the marks on its cards. */
export const attemptsOf = (projectId: string) => listRows(attempts, SHOWN, { room: recordRoom(projectId) })

/** The attempts at one card. */
export const attemptsAt = (projectId: string, taskId: string) =>
  listRows(attempts, [...SHOWN, 'patchInFull', 'promptId', 'promptSnapshot'], { room: recordRoom(projectId), taskId })

/** Which attempts of a project work in one repository. */
export const attemptsIn = (projectId: string, repoId: string) =>
  listRows(attemptRepos, ['attemptId'], { room: recordRoom(projectId), repoId })
