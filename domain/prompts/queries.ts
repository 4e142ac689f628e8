import { listRows } from '#domain/core/query.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { prompts } from './schema.ts'

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
      'label',
      'sources',
      'createdAt',
      'updatedAt',
      'createdBy',
    ],
    { room: projectRoom(projectId) },
  )
