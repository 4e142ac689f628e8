import { z } from 'zod'
import { runEvent, turnEnd } from '#domain/sessions/protocol.ts'
import { granted, procedure, router } from './trpc.ts'

const CLAIM_MS = 20_000
const runnerId = z.string().min(1).max(100)
const held = z.object({ turnId: z.uuid(), fence: z.number().int().positive() })
const told = held.extend({ seq: z.number().int().positive() })

/** What a runner, a machine with a token of its own, may say: it sees nothing but the turn it claimed. */
export const runnerRouter = router({
  /** A runner says it is there. */
  hello: procedure
    .input(z.object({ runnerId, name: z.string().max(200), version: z.string().max(50) }))
    .mutation(async ({ ctx, input }) => {
      await ctx.parts.db.query(
        'insert into runners (id, name, version, seen_at) values ($1, $2, $3, $4) on conflict (id) do update set name = excluded.name, version = excluded.version, seen_at = excluded.seen_at',
        [input.runnerId, input.name, input.version, Date.now()],
      )
      return { version: ctx.parts.version }
    }),
  /** The next turn, or null after 20 seconds without one; with `quick`, none that is an execution. */
  claim: procedure.input(z.object({ runnerId, quick: z.boolean().default(false) })).mutation(async ({ ctx, input }) => {
    await ctx.parts.db.query('update runners set seen_at = $2 where id = $1', [input.runnerId, Date.now()])
    return await ctx.parts.turns.claim(input.runnerId, CLAIM_MS, ctx.signal, input.quick)
  }),
  /** Keeps the lease; `cancel` asks the runner to stop. */
  renew: procedure.input(held).mutation(async ({ ctx, input }) => granted(await ctx.parts.turns.renew(input.turnId, input.fence))),
  /** Tells what happened, in numbered batches; one told twice counts once. */
  report: procedure
    .input(told.extend({ events: z.array(runEvent).max(5_000) }))
    .mutation(async ({ ctx, input }) => granted(await ctx.parts.turns.report(input))),
  /** Tells how the turn ended. */
  finish: procedure.input(told.extend({ end: turnEnd })).mutation(async ({ ctx, input }) => {
    granted(await ctx.parts.turns.finish(input))
    return {}
  }),
})
