import { listRows } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { promptApprovals, prompts } from './schema.ts'

/** Every version of every prompt of a project, with its text. */
export const promptsOf = (projectId: string) =>
  listRows(
    prompts,
    [
      'projectId',
      'familyId',
      'title',
      'interviewId',
      'parentId',
      'version',
      'content',
      'type',
      'isReusable',
      'components',
      'variables',
      'sources',
      'criteria',
      'seen',
      'createdAt',
      'updatedAt',
      'createdBy',
    ],
    { room: projectRoom(projectId) },
  )

/** What every version of a project was made of, and which changes of that were looked at for it; without its text. */
export const sourcesOf = (projectId: string) => listRows(prompts, ['sources', 'seen'], { room: projectRoom(projectId) })

/** Which versions are approved, by whom and when. */
export const approvalsOf = (projectId: string) => listRows(promptApprovals, ['approved', 'by', 'at'], { room: recordRoom(projectId) })

/** The text of every version of every project that is on this device. */
export const promptTexts = () => listRows(prompts, ['content'], {})
