import { setTimeout as sleep } from 'node:timers/promises'

/** Thrown by what is asked, it ends the waiting at once: what is waited for cannot come any more. */
export class InVain extends Error {}

/**
 * Asks again and again until the answer is anything but undefined, null or false, and gives it back. After the deadline it
 * fails with what was waited for, and with the last error met on the way.
 */
export async function waitUntil<T>(what: string, ask: () => T | Promise<T>, ms = 20_000): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + ms
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== null && answer !== false) return answer as NonNullable<Exclude<T, false>>
    } catch (thrown) {
      if (thrown instanceof InVain) throw thrown
      last = thrown
    }
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms for ${what}, in vain.${last ? ` Last: ${last}` : ''}`, { cause: last })
    await sleep(25)
  }
}
