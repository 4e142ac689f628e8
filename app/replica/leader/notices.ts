import type { RowRef } from '../protocol.ts'

/** What the leader says to everybody on this device, each thing once where it would come again and again. */
export class Notices {
  readonly #say: (sentence: string) => void
  readonly #isKept: () => boolean
  readonly #refusals = new Set<number>()
  #isSetBackSaid = false

  /** `isKept`: whether what is written here is kept on this device. */
  constructor(say: (sentence: string) => void, isKept: () => boolean) {
    this.#say = say
    this.#isKept = isKept
  }

  stoppedTaking(): void {
    this.#say('The database in this browser stopped taking changes. Your work is kept; reload the page to build it anew.')
  }

  rolledBack(sentence: string, touched: readonly RowRef[]): void {
    const rows = new Set(touched.map(([, id]) => id)).size
    this.#say(`${rows === 1 ? 'A change was' : `Changes to ${rows} things were`} not accepted and taken back: ${sentence}`)
  }

  /** Of the first room this is found in; the others follow it. */
  setBack(): void {
    if (this.#isSetBackSaid) return
    this.#isSetBackSaid = true
    this.#say(
      'The server was put back to an earlier state. What this browser has of boards, prompts and conversations is being sent to it again. Runs made since then are not in its record any more; their branches are still in the repository.',
    )
  }

  /** The server closed a room's socket for good, with this code of its own. */
  refused(code: number, reason: string): void {
    if (this.#refusals.has(code)) return
    this.#refusals.add(code)
    this.#say(
      code === 4401
        ? `Your session has ended. ${this.#isKept() ? 'Sign in again; what you wrote is kept on this device' : 'Nothing is kept on this device: leave this page open and sign in in another tab'}.`
        : reason || 'The server closed the connection for good.',
    )
  }

  /** Somebody tries again: what is refused then is said again. */
  tryAgain(): void {
    this.#refusals.clear()
  }
}
