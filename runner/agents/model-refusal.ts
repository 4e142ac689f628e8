import { APIConnectionError, APIError } from 'openai'

export type Cure = 'Try again.' | 'Try again later.' | `${string}, then try again.`
type Options = { cure?: Cure | undefined; retryAfterMs?: number | undefined; cause?: unknown }

/** A model that could not be used, in one sentence with the provider's own words, and its cure where that is another try. `again` is true where another try may help. */
export class ModelRefusal extends Error {
  readonly again: boolean
  readonly retryAfterMs: number | undefined
  readonly #what: string
  readonly #cure: Cure | undefined

  constructor(what: string, again: boolean, { cure, retryAfterMs, cause }: Options = {}) {
    super(cure ? `${what} ${cure}` : what, { cause })
    this.name = 'ModelRefusal'
    this.again = again
    this.retryAfterMs = retryAfterMs
    this.#what = what
    this.#cure = cure
  }

  /** MODEL-1: the same of an attempt, where the way to try again is called "Resume". The provider's own words stay as they are. */
  get ofAttempt(): string {
    const cure = this.#cure?.replace('Try again', 'Resume').replace('try again', 'resume')
    return cure ? `${this.#what} ${cure}` : this.#what
  }
}

/** MODEL-1: what went wrong, as a sentence that names cause and cure. */
export function refusalOf(error: unknown, label: string, now: number): ModelRefusal {
  if (error instanceof ModelRefusal) return error
  if (error instanceof APIConnectionError) {
    const why = codeOf(error) ?? deepest(error)
    return new ModelRefusal(
      `${label} could not be reached (${why}). Check the base URL in Settings → Models, and that the provider is up.`,
      true,
      { cause: error },
    )
  }
  if (error instanceof APIError && error.status !== undefined) return byStatus(error, error.status, label, now)
  if (error instanceof APIError)
    return new ModelRefusal(`${label} broke off with an error: ${quoted(error)}`, true, { cure: 'Try again.', cause: error })
  if (error instanceof SyntaxError) return garbage(label, error)
  const code = codeOf(error)
  if (code !== undefined || /terminated|socket|aborted|premature|fetch failed/i.test(String(error))) {
    return new ModelRefusal(`The answer of ${label} broke off in the middle (${inWords(code)}).`, true, {
      cure: 'Try again.',
      cause: error,
    })
  }
  return new ModelRefusal(`${label} could not be used: ${error instanceof Error ? error.message : String(error)}`, false, { cause: error })
}

/** An answer that is no chat completion at all. */
export const garbage = (label: string, cause?: unknown): ModelRefusal =>
  new ModelRefusal(
    `${label} answered with something that is not a chat completion. Check the base URL in Settings → Models; it usually ends in /v1.`,
    false,
    { cause },
  )

function byStatus(error: APIError, status: number, label: string, now: number): ModelRefusal {
  const words = quoted(error)
  if (status === 401)
    return new ModelRefusal(`${label} refused the key (401): ${words} An admin can enter a new key in Settings → Models.`, false, {
      cause: error,
    })
  if (status === 403) return new ModelRefusal(`${label} does not allow this (403): ${words}`, false, { cause: error })
  if (status === 404)
    return new ModelRefusal(`${label} was not found (404): ${words} Check the model's name and the base URL in Settings → Models.`, false, {
      cause: error,
    })
  const retryAfterMs = readRetryAfter(error.headers?.get('retry-after') ?? null, now)
  if (status === 429) {
    const wait = retryAfterMs === undefined ? 'Wait a little' : `Wait ${inSeconds(retryAfterMs)}`
    return new ModelRefusal(`${label} is at its limit (429): ${words}`, true, {
      cure: `${wait}, then try again.`,
      retryAfterMs,
      cause: error,
    })
  }
  if (status >= 500 || status === 408 || status === 409) {
    return new ModelRefusal(`${label} has trouble of its own (${status}): ${words}`, true, {
      cure: 'Try again later.',
      retryAfterMs,
      cause: error,
    })
  }
  return new ModelRefusal(`${label} refused the request (${status}): ${words}`, false, { cause: error })
}

/** MODEL-2: `Retry-After` is a number of seconds or a date; anything else counts as absent. */
export function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function quoted(error: APIError): string {
  const body = error.error as { message?: unknown } | string | undefined
  const given =
    typeof body === 'object' && body !== null && typeof body.message === 'string' ? body.message : error.message.replace(/^\d{3} /, '')
  const words = given
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400)
  return words === '' ? 'it gave no reason.' : `“${words}”${/[.!?]$/.test(words) ? '' : '.'}`
}

const inSeconds = (ms: number): string => (ms < 90_000 ? `${Math.ceil(ms / 1000)} s` : `${Math.ceil(ms / 60_000)} minutes`)

/** The ways a connection ends on its way, for people; a rarer one by its own name. */
const ENDED: Record<string, string> = {
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'nothing more came in time',
  UND_ERR_BODY_TIMEOUT: 'nothing more came in time',
}
const inWords = (code = ''): string => ENDED[code] ?? (code || 'the connection was cut')

function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code
    if (typeof code === 'string') return code
  }
  return undefined
}

function deepest(error: Error): string {
  return error.cause instanceof Error ? deepest(error.cause) : error.message.slice(0, 200)
}
