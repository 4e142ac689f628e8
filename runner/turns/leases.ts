import type { Worker } from 'node:worker_threads'
import { startThread } from '#launch/start-thread.ts'
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

type Held = { fence: number; clock: LeaseClock; stop: (why: TurnStop) => void }

const LOST = 'The server gave this run away, or could not be reached for 45 seconds. What was done is kept.'

/** LEASE-3: leases are renewed by a thread of their own: a busy or blocked loop neither loses a lease nor outlives one. */
export function openLeases(settings: Omit<ThreadSettings, 'askMs'> & { askMs?: number }): Leases {
  const held = new Map<string, Held>()
  let address = { url: settings.url, token: settings.token }
  let closing = false
  let thread = start()

  function start(): Worker {
    const workerData: ThreadSettings = { askMs: settings.askMs ?? ASK_MS, ...address }
    const worker = startThread('runner/turns/lease-thread.ts', { workerData, env: {} })
    worker.on('message', (message: FromThread) => {
      const lost = message.type === 'lost'
      held.get(message.turnId)?.stop(new TurnStop(lost ? 'lease-lost' : 'cancelled', lost ? LOST : 'The run was cancelled.'))
    })
    worker.on('error', () => {})
    worker.once('exit', () => {
      if (closing) return
      // A thread that died is replaced; what it had asked for stands in the clocks.
      setTimeout(() => {
        if (closing) return
        thread = start()
        for (const [turnId, { fence, clock }] of held) tell({ type: 'hold', turnId, fence, memory: clock.memory })
      }, 500).unref()
    })
    worker.unref()
    return worker
  }
  const tell = (message: ToThread): void => thread.postMessage(message)
  const isHeld = (clock: LeaseClock): boolean => clock.isHeld(Date.now(), steadyNow(), GIVE_UP_MS)
  // The renewing thread is not the only one that looks: a run stops by itself even where that thread is gone.
  const looking = setInterval(() => {
    for (const { clock, stop } of held.values()) if (!isHeld(clock)) stop(new TurnStop('lease-lost', LOST))
  }, 1_000)
  looking.unref()

  return {
    hold(turnId, fence, stop) {
      const clock = new LeaseClock()
      clock.answered(Date.now(), steadyNow())
      held.set(turnId, { fence, clock, stop })
      tell({ type: 'hold', turnId, fence, memory: clock.memory })
      return {
        check: () => {
          if (!isHeld(clock)) throw new TurnStop('lease-lost', LOST)
        },
        letGo: () => {
          held.delete(turnId)
          tell({ type: 'let go', turnId })
        },
      }
    },
    moveTo: (now) => {
      if (address.url === now.url && address.token === now.token) return
      address = { url: now.url, token: now.token }
      tell({ type: 'move', ...address })
    },
    close: async () => {
      closing = true
      clearInterval(looking)
      await thread.terminate()
    },
  }
}
