import { useCallback, useEffect, useRef, useState } from 'react'
import { dismissOutbox, useApi, useConsequence, useOutbox } from '#app/replica/react.tsx'
import { readRefusal } from '#app/server-call/read-refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import type { Asking } from './phase.ts'

const ASK = 'interviews.ask'
const STOP = 'interviews.stop'

/**
 * Asking a model for the next question: sent once through the outbox, after the answer it is about is on the server.
 * What is going on is read from the outbox, so that it survives a reload. A question is
 * here by sync before its turn is known to be over: whoever answers at once asks for the next one meanwhile. It is the server that does not
 * ask twice for one.
 */
export function useAsking(
  projectId: string,
  interviewId: string,
): { asking: Asking; ask: () => void; stop: (turnId: string) => Promise<{ ok: boolean }> } {
  const send = useConsequence()
  const api = useApi()
  const outbox = useOutbox()
  const [local, setLocal] = useState<Asking>({ state: 'no' })
  const isHere = useRef(true)
  const asked = useRef(0)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  const queued = outbox.filter(
    (item) => item.procedure === ASK && (item.input as { interviewId?: string } | null)?.interviewId === interviewId,
  )
  const ask = useCallback(() => {
    const mine = ++asked.current
    for (const item of queued) if (item.state === 'refused') dismissOutbox(item.id)
    setLocal({ state: 'under way' })
    const tell = (now: Asking) => {
      if (isHere.current && asked.current === mine) setLocal(now)
    }
    const rooms = [projectRoom(projectId), chatRoom(interviewId)]
    void send(ASK, { projectId, interviewId }, { rooms })
      .then((answer) => (answer.ok ? untilDone(api, answer.value, tell) : ({ state: 'refused', message: answer.message } as const)))
      .catch((error: unknown) => ({ state: 'refused', message: readRefusal(error).message }) as const)
      .then((end) => {
        // The question reaches the chat by sync, mostly before the call is answered, at times a moment later.
        if (end.state === 'no') setTimeout(() => tell(end), 3000)
        else tell(end)
      })
  }, [send, api, projectId, interviewId, queued])

  const stop = useCallback((turnId: string) => send(STOP, { projectId, interviewId, turnId }), [send, projectId, interviewId])

  const waits = queued.some(({ state }) => state === 'waiting')
  const refused = queued.find(({ state }) => state === 'refused')
  const deeds = { ask, stop }
  if (waits) return { asking: { state: 'waiting' }, ...deeds }
  if (queued.some(({ state }) => state === 'sending')) return { asking: { state: 'under way' }, ...deeds }
  if (local.state === 'no' && refused) return { asking: { state: 'refused', message: refused.message }, ...deeds }
  return { asking: local, ...deeds }
}

/** Where the answer only says that a turn is queued, waits for the turn; what it wrote reaches the chat by sync. */
async function untilDone(api: ReturnType<typeof useApi>, answered: unknown, tell: (now: Asking) => void): Promise<Asking> {
  const turnId = typeof answered === 'object' && answered !== null && 'turnId' in answered ? answered.turnId : null
  if (typeof turnId !== 'string') return { state: 'no' }
  tell({ state: 'under way', turnId })
  for (;;) {
    const turn = await api.turns.wait.query({ turnId })
    if (turn.status === 'failed' || turn.status === 'cancelled')
      return { state: 'refused', message: turn.reason ?? 'The model gave no answer and no reason.', turnId }
    if (turn.status === 'done') return { state: 'no' }
  }
}
