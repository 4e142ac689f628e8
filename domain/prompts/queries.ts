import { listRows, type SqlQuery } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
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

/** What every version of a project's prompts is called. */
export const namesOfPrompts = (projectId: string) => listRows(prompts, ['title', 'version'], { room: projectRoom(projectId) })

/** What every version of a project was made of, and which changes of that were looked at for it; without its text. */
export const sourcesOf = (projectId: string) => listRows(prompts, ['sources', 'seen'], { room: projectRoom(projectId) })

/** Which versions are approved, by whom and when. */
export const approvalsOf = (projectId: string) => listRows(promptApprovals, ['approved', 'by', 'at'], { room: recordRoom(projectId) })

/** TEAM-2: the text that stands in each prompt now, of every project that is on this device and was not deleted. */
export function promptTexts(): SqlQuery<{ id: string; projectId: string; content: string }> {
  const found = sql`
    select prompt.id, prompt."projectId", prompt.content from prompts as prompt
    join projects as project on project.id = prompt."projectId" and project."deletedAt" is null
    where not exists (select from prompts as next where next."parentId" = prompt.id and next.room = prompt.room)
    order by prompt.id`
  return sqlQuery(['prompts', 'projects'], found)
}
