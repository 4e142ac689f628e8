import { tracked } from '@trpc/server'
import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import { readLog } from '#server/turns/logs.ts'
import { Refused } from './refused.ts'
import { type Context, procedure, router } from './trpc.ts'

const place = z.object({ processId: z.string().max(100), after: z.number().int().min(0).default(0) })

async function read(ctx: Context, processId: string, after: number) {
  const log = await readLog(ctx.parts.db, processId, after)
  if (!log) throw new Refused(refuse('log-not-found', 'There is no output of this process on this server.'))
  return log
}

export const logsRouter = router({
  /** The lines after a number. `done`: there will be no more. */
  read: procedure.input(place).query(async ({ ctx, input }) => await read(ctx, input.processId, input.after)),
  /** The lines after a number, and those to come, each tracked by its own; ends with the process. */
  tail: procedure.input(place.extend({ lastEventId: z.string().nullish() })).subscription(async function* ({ ctx, input, signal }) {
    let after = Math.max(input.after, Number(input.lastEventId ?? 0) || 0)
    while (!signal?.aborted) {
      const rung = ctx.parts.bell.heard(`log ${input.processId}`, 2_000, signal)
      const { lines, done } = await read(ctx, input.processId, after)
      for (const line of lines) {
        yield tracked(String(line.seq), line)
        after = line.seq
      }
      if (done) return
      if (lines.length === 0) await rung
    }
  }),
})
