import { z } from 'zod'
import { refuse } from '#domain/core/refusal.ts'
import type { TurnStatus } from '#domain/sessions/schema.ts'
import { Refused } from './refused.ts'
import { procedure, router } from './trpc.ts'

const WAIT_MS = 25_000

export type TurnAnswer = { status: TurnStatus; result?: unknown; reason?: string }

export const turnsRouter = router({
  /** How a turn stands once it ended, or after 25 seconds; ask again while it is under way. */
  wait: procedure.input(z.object({ turnId: z.uuid() })).query(async ({ ctx, input }): Promise<TurnAnswer> => {
    const turn = await ctx.parts.turns.wait(input.turnId, WAIT_MS, ctx.signal)
    if (!turn) throw new Refused(refuse('turn-not-found', 'There is no such turn. Start it again.'))
    const { status, result, reason } = turn
    return { status, ...(result === null ? {} : { result }), ...(reason === null ? {} : { reason }) }
  }),
})
