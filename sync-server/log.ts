import { type Logger, pino } from 'pino'
import { messageOf } from './start-refusal.ts'

export type Log = Logger

/** JSON lines on stderr; stdout stays for the one line people read. Secrets that might ride along are blanked. */
export function makeLog(level: string): Log {
  const redact = {
    paths: ['token', 'apiKey', 'password', 'cookie', 'authorization', '*.token', '*.apiKey', '*.password'],
    censor: '[hidden]',
  }
  const stderr = pino.destination({ dest: 2, sync: true, maxLength: MAX_UNWRITTEN })
  // A log on a full disk must not end the server: lines wait until there is room again.
  stderr.on('error', () => undefined)
  return pino({ level, base: null, redact }, stderr)
}

/** Beyond so many bytes of lines that could not be written new ones are dropped. */
const MAX_UNWRITTEN = 1024 * 1024

/** For what is tried again and again: says that it fails when that begins, and not again until it worked in between. */
export class SaidOnce {
  readonly #say: (reason: string) => void
  #isSaid = false

  constructor(say: (reason: string) => void) {
    this.#say = say
  }

  worked(): void {
    this.#isSaid = false
  }

  failed(thrown: unknown): void {
    if (!this.#isSaid) this.#say(messageOf(thrown))
    this.#isSaid = true
  }
}
