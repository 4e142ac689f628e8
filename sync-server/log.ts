import { type Logger, pino } from 'pino'

export type Log = Logger

/** JSON lines on stderr; stdout stays for the one line people read. Secrets that might ride along are blanked. */
export function makeLog(level: string): Log {
  const redact = {
    paths: ['token', 'apiKey', 'password', 'cookie', 'authorization', '*.token', '*.apiKey', '*.password'],
    censor: '[hidden]',
  }
  return pino({ level, base: null, redact }, pino.destination({ dest: 2, sync: true }))
}
