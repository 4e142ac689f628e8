import { parentPort, workerData } from 'node:worker_threads'
import { GIVE_UP_MS, LeaseClock, steadyNow } from './lease-clock.ts'

/** What the working thread says to the renewing one, and back. */
export type ToThread =
  | { type: 'hold'; turnId: string; fence: number; memory: SharedArrayBuffer }
  | { type: 'let go'; turnId: string }
  | { type: 'move'; url: string; token: string }
export type FromThread = { type: 'cancel' | 'lost'; turnId: string }
export type ThreadSettings = { url: string; token: string; askMs: number }

const { askMs, ...first } = workerData as ThreadSettings
let address = first
const held = new Map<string, { fence: number; clock: LeaseClock; asking: boolean }>()

/** Renews over plain HTTP, in the wire form of a tRPC mutation, so that this thread starts in a moment. */
async function renew(turnId: string, fence: number): Promise<'held' | 'cancel' | 'lost' | 'no answer'> {
  const response = await fetch(`${address.url}/trpc/runner.renew`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${address.token}` },
    body: JSON.stringify({ turnId, fence }),
    signal: AbortSignal.timeout(10_000),
  })
  const body = (await response.json()) as { result?: { data?: { cancel?: boolean } }; error?: { data?: { refusal?: { code?: string } } } }
  if (body.result) return body.result.data?.cancel ? 'cancel' : 'held'
  return body.error?.data?.refusal?.code === 'lease-lost' ? 'lost' : 'no answer'
}

async function ask(turnId: string): Promise<void> {
  const turn = held.get(turnId)
  if (!turn || turn.asking) return
  turn.asking = true
  const [wall, steady] = [Date.now(), steadyNow()]
  const answer = await renew(turnId, turn.fence).catch(() => 'no answer' as const)
  turn.asking = false
  if (!held.has(turnId)) return
  if (answer === 'held' || answer === 'cancel') turn.clock.answered(wall, steady)
  if (answer === 'lost' || !turn.clock.isHeld(Date.now(), steadyNow(), GIVE_UP_MS)) {
    turn.clock.lost()
    held.delete(turnId)
    parentPort?.postMessage({ type: 'lost', turnId } satisfies FromThread)
  } else if (answer === 'cancel') parentPort?.postMessage({ type: 'cancel', turnId } satisfies FromThread)
}

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'move') address = { url: message.url, token: message.token }
  else if (message.type === 'let go') held.delete(message.turnId)
  else held.set(message.turnId, { fence: message.fence, clock: new LeaseClock(message.memory), asking: false })
})
setInterval(() => {
  for (const turnId of held.keys()) void ask(turnId)
}, askMs)
