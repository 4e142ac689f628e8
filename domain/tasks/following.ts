import type { Task, TaskStatus } from './schema.ts'

const AT_WORK: Readonly<Partial<Record<TaskStatus, 'todo' | 'running'>>> = {
  backlog: 'todo',
  todo: 'todo',
  in_progress: 'running',
  review: 'running',
}

/**
 * TASK-11: the cards that rest on a version of a prompt and could go over to the next one: those still to do, which do if nobody
 * says otherwise, and those whose work is under way, which keep it unless they are chosen. What is over stays with what it was made of.
 */
export function restingOn<C extends Pick<Task, 'promptId' | 'status'>>(
  cards: readonly C[],
  promptId: string,
): Record<'todo' | 'running', C[]> {
  const on = (kind: 'todo' | 'running') => cards.filter((card) => card.promptId === promptId && AT_WORK[card.status] === kind)
  return { todo: on('todo'), running: on('running') }
}
