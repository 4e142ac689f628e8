import { TRPCError } from '@trpc/server'
import type { Refusal } from '#domain/core/refusal.ts'

/** Carries a refusal out of a procedure. */
export class Refused extends TRPCError {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super({ code: CODES[refusal.code] ?? 'BAD_REQUEST', message: refusal.message })
    this.refusal = refusal
  }
}

const CODES: Readonly<Record<string, 'UNAUTHORIZED' | 'FORBIDDEN' | 'TOO_MANY_REQUESTS' | 'CONFLICT' | 'SERVICE_UNAVAILABLE'>> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'rate-limited': 'TOO_MANY_REQUESTS',
  'lease-lost': 'CONFLICT',
  'not-saving': 'SERVICE_UNAVAILABLE',
}
