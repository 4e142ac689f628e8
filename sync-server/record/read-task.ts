import { parentBranch } from '#domain/attempts/rules.ts'
import { type Attempt, attemptRepos, attempts } from '#domain/attempts/schema.ts'
import { compareOrder } from '#domain/core/order.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { messages } from '#domain/interviews/schema.ts'
import { type Project, projectRepos, projects } from '#domain/projects/schema.ts'
import type { Spoken } from '#domain/sessions/protocol.ts'
import { decideMergeWithSubtasks } from '#domain/tasks/dependencies.ts'
import { type Task, tasks } from '#domain/tasks/schema.ts'
import type { Documents } from '#server/documents/documents.ts'
import type { Db } from '#server/postgres/pool.ts'
import { findRepo, type StoredRepo } from '#server/repos/stored-repos.ts'

/** The project's row, or that it is gone. PROJECT-6: in a deleted one nothing is begun. */
export async function readProject(documents: Documents, projectId: string): Promise<Answer<Project>> {
  const project = await documents.row(teamRoom, projects, projectId)
  if (!project) return refuse('project-not-found', 'That project is gone. Somebody may have deleted it.')
  return project.deletedAt === null ? accept(project) : refuse('project-deleted', 'This project was deleted. Restore it first.')
}

/** A card, or that it is gone. */
export async function readTask(documents: Documents, projectId: string, taskId: string): Promise<Answer<Task>> {
  const task = await documents.row(projectRoom(projectId), tasks, taskId)
  return task ? accept(task) : refuse('task-not-found', 'That card is gone. Somebody may have deleted it.')
}

/** SUB-2: whether a card's attempt may be merged now, as far as its subtasks go. */
export async function decideMergeNow(documents: Documents, projectId: string, taskId: string): Promise<Answer> {
  const tries = (await documents.rows(recordRoom(projectId), attempts)).filter((attempt) => attempt.taskId === taskId)
  const own = new Set<string | null>(tries.map(({ id }) => id))
  const cards = await documents.rows(projectRoom(projectId), tasks)
  return decideMergeWithSubtasks(cards.filter(({ parentAttemptId }) => own.has(parentAttemptId)))
}

/** SUB-4: the branch a subtask starts from; null for any other card. */
export async function readParentBranch(documents: Documents, projectId: string, task: Task, repoId: string): Promise<string | null> {
  if (task.parentAttemptId === null) return null
  const record = recordRoom(projectId)
  const parent = await documents.row(record, attempts, task.parentAttemptId)
  if (!parent) return null
  const [card, tries, links] = await Promise.all([
    documents.row(projectRoom(projectId), tasks, parent.taskId),
    documents.rows(record, attempts, { where: { taskId: parent.taskId } }),
    documents.rows(record, attemptRepos, { where: { repoId } }),
  ])
  return parentBranch(card, tries, new Set(links.map(({ attemptId }) => attemptId)))
}

/** SUB-5: the attempt whose branch this is, in the repository; undefined for a branch that is nobody's. */
export async function attemptOn(documents: Documents, projectId: string, repoId: string, branch: string): Promise<Attempt | undefined> {
  const record = recordRoom(projectId)
  const links = await documents.rows(record, attemptRepos, { where: { repoId } })
  const there = new Set(links.map(({ attemptId }) => attemptId))
  return (await documents.rows(record, attempts, { where: { branch } })).find(({ id }) => there.has(id))
}

/** ATTEMPT-3: a card that is finished or given up is not started again before somebody reopens it. */
export function decideStart(task: Task): Answer<Task> {
  if (task.status === 'done') return refuse('task-done', 'This card is done. Move it back to review before you start another attempt.')
  if (task.status === 'cancelled')
    return refuse('task-cancelled', 'This card is cancelled. Move it back to the backlog before you start an attempt.')
  if (task.archived) return refuse('task-archived', 'This card is archived. Restore it before you start an attempt.')
  return accept(task)
}

/** The repository a project works in: the one linked last. */
export async function readRepo(db: Db, documents: Documents, projectId: string): Promise<Answer<StoredRepo>> {
  const links = await documents.rows(projectRoom(projectId), projectRepos)
  for (const link of links.sort((a, b) => b.createdAt - a.createdAt)) {
    const repo = await findRepo(db, link.repoId)
    if (repo) return accept(repo)
  }
  return refuse('repo-not-linked', 'This project has no repository yet. Link one, or create one, in its settings.')
}

/** What was said in a chat, in order, as an agent is told it. */
export async function readTranscript(documents: Documents, chatId: string): Promise<Spoken[]> {
  const said = await documents.rows(chatRoom(chatId), messages)
  return said
    .sort(compareOrder)
    .filter((message) => message.status !== 'draft' && message.content.trim() !== '')
    .map(({ id, role, content, author, topic, answers, assumed }) => ({ id, role, content, author, topic, answers, assumed }))
}
