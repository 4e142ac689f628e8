import { saysDiskFull } from './postgres/disk-space.ts'

/** Why the server does not start: one sentence that names the cause and the cure. `main.ts` prints it and exits with 1. */
export class StartRefusal extends Error {
  override name = 'StartRefusal'
}

/** With too little room there is no database, and without it nothing is served. */
export const DISK_FULL_AT_START =
  'The disk that holds the data folder is full, so Slipway cannot start. Free some space and start it again.'

/** The one sentence a start that failed is told with. */
export function whyNotStarted(thrown: unknown): string {
  if (saysDiskFull(thrown)) return DISK_FULL_AT_START
  return thrown instanceof StartRefusal ? thrown.message : `Slipway could not start: ${messageOf(thrown)}`
}

/** What a thrown thing says of itself, for sentences and logs. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
