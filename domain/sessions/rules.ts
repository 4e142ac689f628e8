import type { Lifecycle } from '#domain/core/lifecycle.ts'
import type { ProcessStatus, TurnStatus } from './schema.ts'

/** TURN-1: a lease that lapses brings a turn back to waiting, so that another runner can take it. */
export const turnLifecycle: Lifecycle<TurnStatus> = {
  what: 'A turn',
  next: {
    waiting: ['leased', 'failed', 'cancelled'],
    leased: ['waiting', 'running', 'failed', 'cancelled'],
    running: ['waiting', 'done', 'failed', 'cancelled'],
    done: [],
    failed: [],
    cancelled: [],
  },
}

/** PROCESS-1: a process ends once; one that was stopped reads killed or interrupted, never completed. */
export const processLifecycle: Lifecycle<ProcessStatus> = {
  what: 'A process',
  next: { running: ['completed', 'failed', 'killed', 'interrupted'], completed: [], failed: [], killed: [], interrupted: [] },
}

/** TURN-2: how long a claim holds without a word from the runner, in milliseconds. The runner speaks four times as often. */
export const LEASE_MS = 60_000

/** What each attempt cost, as far as that is known; one of which nothing is known is not there. */
export function costsBy(turns: readonly { attemptId: string; cost: number | null }[]): Map<string, number> {
  const costs = new Map<string, number>()
  for (const { attemptId, cost } of turns) if (cost !== null) costs.set(attemptId, (costs.get(attemptId) ?? 0) + cost)
  return costs
}
