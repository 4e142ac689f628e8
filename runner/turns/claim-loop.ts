import { setTimeout as sleep } from 'node:timers/promises'
import type { Claim } from '#domain/sessions/protocol.ts'
import type { ServerPort } from './server-port.ts'

export type ClaimDeps = {
  server: Pick<ServerPort, 'claim' | 'hello'>
  runner: { runnerId: string; name: string; version: string }
  slots: number
  run: (claim: Claim) => Promise<void>
  /** Says, once each time it changes, why the server gives no turns; null where it does. */
  onContact: (trouble: Error | null) => void
  signal: AbortSignal
  /** How long to wait after the nth failure in a row. */
  backoff?: (failures: number) => number
}

/**
 * TURN-5: claims turns for as many slots as the runner has, one claim at a time each. A server that does not answer is
 * asked again, more and more slowly, without end and with one line in the log. One slot more takes only short turns, so that
 * people can look at a repository or ask a model while every other slot works for an hour.
 */
export async function claimTurns(deps: ClaimDeps): Promise<void> {
  const contact: Contact = {}
  await Promise.all(Array.from({ length: deps.slots + 1 }, (_, at) => slot(deps, contact, at === deps.slots)))
}

/** What was told last; null: that it answers. */
type Contact = { told?: string | null }

async function slot(deps: ClaimDeps, contact: Contact, quick: boolean): Promise<void> {
  const { server, runner, signal } = deps
  const tell = (trouble: Error | null): void => {
    const told = trouble?.message ?? null
    if (contact.told !== told) deps.onContact(trouble)
    contact.told = told
  }
  let failures = 0
  let greeted = false
  while (!signal.aborted) {
    try {
      if (!greeted) await server.hello(runner)
      greeted = true
      const claim = await server.claim(runner.runnerId, quick, signal)
      tell(null)
      failures = 0
      if (claim) await deps.run(claim)
    } catch (error) {
      if (signal.aborted) return
      greeted = false
      tell(error instanceof Error ? error : new Error(String(error)))
      await sleep((deps.backoff ?? pauseFor)(failures++), undefined, { signal }).catch(() => {})
    }
  }
}

/** A quarter of a second at first, ten seconds at most. */
export const pauseFor = (failures: number): number => Math.min(10_000, 250 * 2 ** Math.min(failures, 10))
