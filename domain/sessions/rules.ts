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
