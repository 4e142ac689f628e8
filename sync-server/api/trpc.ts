import { initTRPC, type TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { refuseInput } from '#domain/core/command.ts'
import { type Answer, type Refusal, refuse } from '#domain/core/refusal.ts'
import type { Headers } from '#server/gate/gate.ts'
import type { Identity } from '#server/gate/identity.ts'
import { countKnock } from '#server/gate/limits.ts'
import { mayCall } from '#server/gate/policy.ts'
import { answerOnce } from './answer-once.ts'
import { nameTrouble, refuseUnsaved } from './not-saving.ts'
import type { Parts } from './parts.ts'
import { Refused } from './refused.ts'

/** What every procedure is called with. */
export type Context = {
  parts: Parts
  headers: Headers
  /** Who is speaking; null for nobody. */
  identity: Identity | null
  /** Cookies to set on the answer. */
  answerHeaders: { append: (name: string, value: string) => void }
  address: string
  signal: AbortSignal
}

/** The value of an answer; a refusal is thrown to travel as one. */
export function granted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Refused(answer)
  return answer.value
}

/** What a caller may read of an error: a refusal in full, an input's first complaint in the schema's words, of a defect nothing but that there was one. */
function refusalOf(error: TRPCError): Refusal | null {
  if (error instanceof Refused) return error.refusal
  if (error.cause instanceof Refused) return error.cause.refusal
  if (error.cause instanceof ZodError) return refuseInput(error.cause)
  if (error.code === 'NOT_FOUND')
    return refuse('procedure-unknown', 'This server has no such procedure. Reload the page to get the version that fits it.')
  return error.code === 'INTERNAL_SERVER_ERROR'
    ? refuse('server-error', 'Something went wrong on the server. Try again; if it stays, its log says more.')
    : null
}

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => {
    const refusal = refusalOf(error)
    const { stack: _, ...data } = shape.data as typeof shape.data & { stack?: string }
    return { ...shape, message: refusal?.message ?? shape.message, data: { ...data, refusal } }
  },
  sse: { ping: { enabled: true, intervalMs: 10_000 } },
})

export const router = t.router

/** Every procedure passes here: the policy table decides by its path, mutations with an idempotency key are answered once. */
export const procedure = t.procedure.use(async ({ ctx, path, type, next, getRawInput }) => {
  const { identity, parts } = ctx
  granted(await countKnock('call', identity?.memberId ?? ctx.address))
  if (!mayCall(identity?.role ?? null, path)) {
    throw new Refused(
      identity
        ? refuse('forbidden', `Your role is ${identity.role}, which may not do this. Ask an admin.`)
        : refuse('unauthenticated', 'Sign in first: open the link the server printed when it started.'),
    )
  }
  if (type === 'mutation') refuseUnsaved(parts.journal, identity, path)
  const key = ctx.headers['idempotency-key']
  try {
    const isOnce = type === 'mutation' && typeof key === 'string' && identity
    const result = await (isOnce
      ? answerOnce(parts, { memberId: identity.memberId, key, procedure: path, input: await getRawInput() }, next)
      : next())
    if (!result.ok) throw result.error
    return result
  } catch (thrown) {
    throw nameTrouble(thrown, parts.journal)
  }
})

/** The speaker; the policy has seen to it that there is one where the table names roles. */
export function speaker(ctx: Context): Identity {
  if (!ctx.identity) throw new Refused(refuse('unauthenticated', 'Sign in first.'))
  return ctx.identity
}
