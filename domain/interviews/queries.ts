import { listRows } from '#domain/core/query.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { interviews, messages } from './schema.ts'

const COVERED = ['goal', 'users', 'data', 'screens', 'rules', 'limits', 'risks', 'doneWhen'] as const

/** The interviews of a project. */
export const interviewsOf = (projectId: string) =>
  listRows(
    interviews,
    ['projectId', 'title', 'status', 'statusBy', 'statusAt', 'model', ...COVERED, 'createdAt', 'updatedAt', 'createdBy'],
    { room: projectRoom(projectId) },
  )

/** One interview, as a list of at most one. */
export const interviewById = (projectId: string, id: string) =>
  listRows(interviews, ['projectId', 'title', 'status', 'statusBy', 'statusAt', 'model', ...COVERED, 'createdAt', 'createdBy'], {
    room: projectRoom(projectId),
    id,
  })

/** The messages of a chat: an interview's, or a task session's. */
export const messagesOf = (chatId: string) =>
  listRows(
    messages,
    [
      'role',
      'content',
      'author',
      'model',
      'topic',
      'options',
      'answers',
      'status',
      'error',
      'assumed',
      'promptTokens',
      'completionTokens',
      'cost',
      'images',
      'turnId',
      'tool',
      'order',
      'createdAt',
      'updatedAt',
      'createdBy',
    ],
    { room: chatRoom(chatId) },
  )
