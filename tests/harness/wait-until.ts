import { setTimeout as sleep } from 'node:timers/promises'

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
      last = thrown
    }
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms for ${what}, in vain.`, { cause: last })
    await sleep(25)
  }
}
