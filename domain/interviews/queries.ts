import { listRows } from '#domain/core/query.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { answerEdits, contradictions, interviews, messages } from './schema.ts'

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
  listRows(interviews, ['projectId', 'title', 'status', 'statusBy', 'statusAt', 'model', ...COVERED, 'history', 'createdAt', 'createdBy'], {
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
      'stoppedBy',
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

/** Every change of an answer in a project. */
export const answerEditsOf = (projectId: string) =>
  listRows(answerEdits, ['interviewId', 'messageId', 'before', 'after', 'createdAt', 'createdBy'], { room: projectRoom(projectId) })

/** What was named or settled as a contradiction in an interview. */
export const contradictionsOf = (projectId: string, interviewId: string) =>
  listRows(contradictions, ['name', 'answers', 'kept', 'settlement', 'settledBy', 'settledAt'], {
    room: projectRoom(projectId),
    interviewId,
  })
