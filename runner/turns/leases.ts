import { Worker } from 'node:worker_threads'
import { TurnStop } from '#runner/turn-stop.ts'
import { ASK_MS, GIVE_UP_MS, LeaseClock, steadyNow } from './lease-clock.ts'
import type { FromThread, ThreadSettings, ToThread } from './lease-thread.ts'

/** A turn in hand: `check` throws at the moment the lease is no longer surely held. */
export type Lease = { check: () => void; letGo: () => void }

export type Leases = {
  hold: (turnId: string, fence: number, stop: (why: TurnStop) => void) => Lease
  /** The server's address changed. */
  moveTo: (address: { url: string; token: string }) => void
  close: () => Promise<void>
}

/** LEASE-3: leases are renewed by a thread of their own: a busy or blocked loop neither loses a lease nor outlives one. */
export function openLeases(settings: Omit<ThreadSettings, 'askMs'> & { askMs?: number }): Leases {
  const thread = new Worker(new URL('./lease-thread.ts', import.meta.url), {
    workerData: { askMs: ASK_MS, ...settings } satisfies ThreadSettings,
    execArgv: ['--import', 'tsx'],
    env: {},
  })
  let at = { url: settings.url, token: settings.token }
  const stops = new Map<string, (why: TurnStop) => void>()
  thread.on('message', (message: FromThread) => {
    const sentence = message.type === 'lost' ? LOST : 'The run was cancelled.'
    stops.get(message.turnId)?.(new TurnStop(message.type === 'lost' ? 'lease-lost' : 'cancelled', sentence))
  })
  thread.on('error', (error) => {
    for (const stop of stops.values()) stop(new TurnStop('lease-lost', LOST, { cause: error }))
  })
  thread.unref()
  return {
    hold(turnId, fence, stop) {
      const clock = new LeaseClock()
      clock.answered(Date.now(), steadyNow())
      stops.set(turnId, stop)
      thread.postMessage({ type: 'hold', turnId, fence, memory: clock.memory } satisfies ToThread)
      return {
        check: () => {
          if (!clock.isHeld(Date.now(), steadyNow(), GIVE_UP_MS)) throw new TurnStop('lease-lost', LOST)
        },
        letGo: () => {
          stops.delete(turnId)
          thread.postMessage({ type: 'let go', turnId } satisfies ToThread)
        },
      }
    },
    moveTo: ({ url, token }) => {
      if (at.url === url && at.token === token) return
      at = { url, token }
      thread.postMessage({ type: 'move', url, token } satisfies ToThread)
    },
    close: async () => {
      await thread.terminate()
    },
  }
}

const LOST = 'The server gave this run away, or could not be reached for 45 seconds. What was done is kept.'
