import { isRecord } from './storable.ts'

/** One thing that is wrong with what was filled in. */
export type Wrong = { field: string; message: string }

/**
 * A refusal is an answer, never an exception: `code` is for programs, `message` is one sentence for people that names cause and cure.
 * Where it is about a field it names it; `others` are the fields that are wrong beside it.
 */
export type Refusal = { ok: false; code: string; message: string; field?: string; others?: readonly Wrong[] }

/** What every command and every rule that may say no returns. */
export type Answer<T = undefined> = { ok: true; value: T } | Refusal

/** Says no: `refuse('task-not-found', 'That card is gone. It may have been deleted by somebody else.')`. */
export function refuse(code: string, message: string, field?: string): Refusal {
  return field === undefined ? { ok: false, code, message } : { ok: false, code, message, field }
}

/** Says no to all that is wrong at once. */
export function refuseEach(code: string, [first, ...others]: readonly [Wrong, ...Wrong[]]): Refusal {
  return { ...refuse(code, first.message, first.field), ...(others.length > 0 && { others }) }
}

/** What a refusal says of one field, `name` being that of `patch.name` too; null: nothing. */
export function wordsAt(refusal: Refusal | null, field: string): string | null {
  if (refusal?.field === undefined) return null
  const wrong = [{ field: refusal.field, message: refusal.message }, ...(refusal.others ?? [])]
  return wrong.find((each) => each.field === field || each.field.endsWith(`.${field}`))?.message ?? null
}

/** Whether none of these fields shows what a refusal says, which then has to be said elsewhere. */
export const isElsewhere = (refusal: Refusal, fields: readonly string[]): boolean =>
  fields.every((field) => wordsAt(refusal, field) === null)

/** A refusal as it came from another program; null: what came is none. */
export function asRefusal(value: unknown): Refusal | null {
  if (!isRecord(value) || typeof value.code !== 'string' || typeof value.message !== 'string') return null
  if (typeof value.field !== 'string') return refuse(value.code, value.message)
  const others = Array.isArray(value.others) ? value.others.filter(isWrong) : []
  return refuseEach(value.code, [{ field: value.field, message: value.message }, ...others])
}

const isWrong = (value: unknown): value is Wrong => isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string'

/** Says yes, with the value the caller asked for. */
export function accept(): Answer<undefined>
export function accept<T>(value: T): Answer<T>
export function accept<T>(value?: T): Answer<T | undefined> {
  return { ok: true, value }
}
