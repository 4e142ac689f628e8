import { useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import type { useApi } from '#app/replica/react.tsx'
import { check } from '#domain/core/command.ts'
import { type Refusal, refuse } from '#domain/core/refusal.ts'
import { useServerCall } from './use-server-call.ts'

type Api = ReturnType<typeof useApi>
/** How a turn stands, as `turns.wait` says it. */
type Turn = { status: string; result?: unknown; reason?: string | null | undefined }

/**
 * Asks a model for proposals and waits for them. What comes back is held against its schema; leaving the page ends the
 * waiting, and nothing was saved.
 */
export function useProposals<T>(schema: z.ZodType<T>) {
  const { call, isPending, refusal: refused } = useServerCall()
  const [ended, setEnded] = useState<Refusal | null>(null)
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  const ask = useCallback(
    async (start: (api: Api) => Promise<{ turnId: string }>): Promise<T[] | null> => {
      setEnded(null)
      const turn = await call(async (api): Promise<Turn> => {
        const { turnId } = await start(api)
        for (;;) {
          const now: Turn = await api.turns.wait.query({ turnId })
          if (!isHere.current || now.status === 'done' || now.status === 'failed' || now.status === 'cancelled') return now
        }
      })
      if (!turn.ok || !isHere.current) return null
      const read = readProposals(schema, turn.value)
      if (!read.ok) setEnded(read)
      return read.ok ? read.value : null
    },
    [call, schema],
  )
  return { ask, isPending, refusal: refused ?? ended }
}

/** The proposals a turn ended with, or why there are none. */
export function readProposals<T>(schema: z.ZodType<T>, turn: Turn) {
  if (turn.status !== 'done')
    return refuse('turn-failed', turn.reason || 'The model gave no answer and no reason. Try again, or let the built-in do it.')
  const read = check(z.object({ proposals: z.array(schema) }), turn.result)
  if (!read.ok) return refuse('proposals-unreadable', 'The model answered something that cannot be read as proposals. Try again.')
  if (read.value.proposals.length === 0)
    return refuse('proposals-empty', 'The model proposed nothing. Try again, or let the built-in do it.')
  return { ok: true as const, value: read.value.proposals }
}
