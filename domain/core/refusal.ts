/** A refusal is an answer, never an exception: `code` is for programs, `message` is one sentence for people that names cause and cure. */
export type Refusal = { ok: false; code: string; message: string; field?: string }

/** What every command and every rule that may say no returns. */
export type Answer<T = undefined> = { ok: true; value: T } | Refusal

/** Says no: `refuse('task-not-found', 'That card is gone. It may have been deleted by somebody else.')`. */
export function refuse(code: string, message: string, field?: string): Refusal {
  return field === undefined ? { ok: false, code, message } : { ok: false, code, message, field }
}

/** Says yes, with the value the caller asked for. */
export function accept(): Answer<undefined>
export function accept<T>(value: T): Answer<T>
export function accept<T>(value?: T): Answer<T | undefined> {
  return { ok: true, value }
}
