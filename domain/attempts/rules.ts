import type { Lifecycle } from '#domain/core/lifecycle.ts'
import type { Attempt, AttemptStatus } from './schema.ts'

/** ATTEMPT-1: what may follow what; a follow-up brings an ended attempt back to queued. */
export const attemptLifecycle: Lifecycle<AttemptStatus> = {
  what: 'An attempt',
  next: {
    queued: ['preparing', 'failed', 'cancelled', 'interrupted'],
    preparing: ['running', 'failed', 'cancelled', 'interrupted'],
    running: ['succeeded', 'failed', 'cancelled', 'interrupted'],
    succeeded: ['queued'],
    failed: ['queued'],
    cancelled: ['queued'],
    interrupted: ['queued', 'cancelled'],
  },
}

/** True while a runner has, or is about to have, this attempt in hand. */
export const isUnderWay = (status: AttemptStatus): boolean => status === 'queued' || status === 'preparing' || status === 'running'

/**
 * SUB-4: where a subtask starts from and is merged into: the branch of the newest attempt of its parent that has one, among those in the repository; null
 * where there is none, or the parent is over: then it goes the way of every card.
 */
export function parentBranch(
  parent: { status: string } | undefined,
  attempts: readonly Pick<Attempt, 'id' | 'branch' | 'baseCommit' | 'createdAt'>[],
  inRepo: ReadonlySet<string>,
): string | null {
  if (!parent || parent.status === 'done' || parent.status === 'cancelled') return null
  const [newest] = attempts.filter(({ id, baseCommit }) => baseCommit !== null && inRepo.has(id)).sort((a, b) => b.createdAt - a.createdAt)
  return newest?.branch ?? null
}

const MAX_SLUG = 40

/**
 * ATTEMPT-2: `slipway/{short id}-{slug of the title}`, always a valid ref name whatever the title's script or length, and
 * unlike every name taken (compared without case: some file systems cannot keep two that differ only so).
 */
export function branchName(shortId: string, title: string, taken: ReadonlySet<string> = new Set()): string {
  const slug = slugOf(title)
  const stem = `slipway/${[slugOf(shortId) || 'card', slug].filter(Boolean).join('-')}`
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!taken.has(name)) return name
  }
}

/** Lower-case Latin letters and digits joined by single dashes; at most 40 characters; empty for a title in another script. */
function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
}

type Waiting = Pick<Attempt, 'id' | 'status' | 'waitsForRoom' | 'createdAt'>

/** ATTEMPT-9: the attempts of a board that wait for room, in the order they are to begin: the one started first is the first. */
export const lineForRoom = <A extends Waiting>(attempts: readonly A[]): A[] =>
  attempts
    .filter(({ status, waitsForRoom }) => waitsForRoom && status === 'queued')
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
