import { asRefusal, type Refusal, refuse } from '#domain/core/refusal.ts'
import { isRecord } from '#domain/core/storable.ts'

/** What a failed call to the server comes to for people: the server's own refusal, or one sentence for what went wrong on the way. */
export function readRefusal(error: unknown): Refusal {
  const refusal = isRecord(error) && isRecord(error.data) ? asRefusal(error.data.refusal) : null
  if (refusal) return refusal
  if (isUnreached(error)) return refuse('server-unreached', "The server can't be reached. Check that it runs, then try again.")
  const said = error instanceof Error && error.message ? error.message : 'no reason given'
  return refuse('server-failed', `The server could not do that: ${said}`)
}

/** A call that never got an answer: the browser names it differently everywhere, but it is always a TypeError of fetch. */
function isUnreached(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error instanceof TypeError || error.cause instanceof TypeError || /failed to fetch|networkerror|load failed/i.test(error.message)
}
