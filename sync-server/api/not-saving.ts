import { TRPCError } from '@trpc/server'
import { refuse } from '#domain/core/refusal.ts'
import type { Identity } from '#server/gate/identity.ts'
import type { Journal } from '#server/journal/journal.ts'
import { saysDiskFull } from '#server/postgres/disk-space.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'
import { Refused } from './refused.ts'

const notSaving = (sentence: string): Refused => new Refused(refuse('not-saving', sentence))

/**
 * API-3: while nothing can be stored a change is refused with the reason, before anything of it is done: it would wait without an
 * answer, and be done when nobody expects it any more. Coming and going is tried all the same, and so are the reports of a
 * runner, which tells them again until they are taken.
 */
export function refuseUnsaved({ health }: Journal, identity: Identity | null, path: string): void {
  if (health.ok || !identity || identity.role === 'runner' || path.startsWith('session.')) return
  throw notSaving(health.sentence)
}

/** API-3: what was thrown, as its caller should read it: where a full disk or a lost database is behind it, that; else as it is. */
export function nameTrouble(thrown: unknown, { health }: Journal): unknown {
  if (thrown instanceof TRPCError && thrown.code !== 'INTERNAL_SERVER_ERROR') return thrown
  if (saysDiskFull(thrown) || saysDiskFull((thrown as Error).cause)) return notSaving(DISK_FULL)
  return health.ok ? thrown : notSaving(health.sentence)
}

/** API-3: nobody could be looked up, so the database is away. */
export async function nameLookupTrouble(thrown: unknown, journal: Journal): Promise<unknown> {
  const { passing, sentence } = await journal.explain(thrown)
  return passing ? notSaving(sentence) : thrown
}
