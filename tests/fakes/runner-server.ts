import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Claim, RunEvent, TurnEnd, TurnPayload } from '#domain/sessions/protocol.ts'
import { runEvent, turnEnd } from '#domain/sessions/protocol.ts'

/** A turn as the fake keeps it: what was asked, what was told, how it ended. */
export type FakeTurn = {
  turnId: string
  fence: number
  payload: TurnPayload
  events: RunEvent[]
  seqs: number[]
  end: TurnEnd | null
  claimedAt: number
  told: { at: number; event: RunEvent }[]
}

export type FakeRunnerServer = {
  url: string
  token: string
  turns: Map<string, FakeTurn>
  blobs: Map<string, Buffer>
  /** Puts a turn into the queue. */
  queue: (payload: TurnPayload, turnId?: string) => FakeTurn
  /** Gives a turn away: the next call about it hears that the lease is lost. */
  takeAway: (turnId: string) => void
  cancel: (turnId: string) => void
  /** The next calls of this kind break the connection after the server acted on them. */
  dropAnswers: (procedure: string, times: number) => void
  /** Resolves with the turn when it has ended, or rejects after the deadline. */
  ended: (turnId: string, ms?: number) => Promise<FakeTurn>
  until: <T>(look: () => T | undefined | false, ms?: number) => Promise<T>
  close: () => Promise<void>
}

const TOKEN = 'runner-token-of-the-fake'
let turnNumber = 0

/** The server as a runner meets it: the runner's procedures in tRPC's wire form, and blobs. Checks every event against the protocol. */
export async function fakeRunnerServer(port = 0): Promise<FakeRunnerServer> {
  const turns = new Map<string, FakeTurn>()
  const waiting: FakeTurn[] = []
  const lost = new Set<string>()
  const cancelled = new Set<string>()
  const drops = new Map<string, number>()
  const blobs = new Map<string, Buffer>()

  const about = (input: { turnId: string; fence: number }): FakeTurn | undefined => {
    const turn = turns.get(input.turnId)
    return turn && turn.fence === input.fence && !lost.has(turn.turnId) ? turn : undefined
  }
  const procedures: Record<string, (input: never, response: ServerResponse) => unknown> = {
    'runner.hello': () => ({}),
    'runner.claim': async ({ quick }: { quick: boolean }, response: ServerResponse) => {
      for (const until = Date.now() + 2_000; Date.now() < until && !response.destroyed; ) {
        const at = waiting.findIndex(({ payload }) => !quick || payload.kind !== 'execute')
        const turn = at < 0 ? undefined : waiting.splice(at, 1)[0]
        if (turn) {
          turn.claimedAt = Date.now()
          return { turnId: turn.turnId, fence: turn.fence, leaseMs: 60_000, payload: turn.payload } satisfies Claim
        }
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return null
    },
    'runner.renew': (input: { turnId: string; fence: number }) => (about(input) ? { cancel: cancelled.has(input.turnId) } : LOST),
    'runner.report': (input: { turnId: string; fence: number; seq: number; events: RunEvent[] }) => {
      const turn = about(input)
      if (!turn) return LOST
      if (!turn.seqs.includes(input.seq)) {
        turn.seqs.push(input.seq)
        const events = input.events.map((event) => runEvent.parse(event))
        turn.events.push(...events)
        turn.told.push(...events.map((event) => ({ at: Date.now(), event })))
      }
      return { seq: input.seq }
    },
    'runner.finish': (input: { turnId: string; fence: number; seq: number; end: TurnEnd }) => {
      const turn = about(input)
      if (!turn) return LOST
      turn.end = turnEnd.parse(input.end)
      return {}
    },
  }
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bytesOf(request)
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return void response.writeHead(401).end(JSON.stringify(refused('unauthenticated', 'Sign in first.')))
    const path = new URL(request.url ?? '/', 'http://fake').pathname
    const sendAnswer = (name: string, value: unknown, status = 200): void => {
      const left = drops.get(name) ?? 0
      if (left > 0) {
        drops.set(name, left - 1)
        response.destroy()
      } else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    if (request.method === 'GET' && path.startsWith('/blobs/')) {
      const blob = blobs.get(path.slice('/blobs/'.length))
      return void response.writeHead(blob ? 200 : 404).end(blob)
    }
    if (path === '/blobs') {
      const sha256 = createHash('sha256').update(body).digest('hex')
      blobs.set(sha256, body)
      return sendAnswer('blobs', { sha256 })
    }
    const name = path.replace('/trpc/', '')
    const result = await procedures[name]?.(JSON.parse(body.toString() || '{}') as never, response)
    if (result === LOST) sendAnswer(name, refused('lease-lost', 'This turn was given to another runner.'), 409)
    else sendAnswer(name, { result: { data: result } })
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  const until = async <T>(look: () => T | undefined | false, ms = 15_000): Promise<T> => {
    for (const deadline = Date.now() + ms; Date.now() < deadline; ) {
      const found = look()
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`nothing of the kind within ${ms} ms`)
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    turns,
    blobs,
    queue: (payload, turnId = `0193a000-0000-7000-8000-${String(++turnNumber).padStart(12, '0')}`) => {
      lost.delete(turnId)
      const turn: FakeTurn = {
        turnId,
        fence: (turns.get(turnId)?.fence ?? 0) + 1,
        payload,
        events: [],
        seqs: [],
        end: null,
        claimedAt: 0,
        told: [],
      }
      turns.set(turnId, turn)
      waiting.push(turn)
      return turn
    },
    takeAway: (turnId) => void lost.add(turnId),
    cancel: (turnId) => void cancelled.add(turnId),

    dropAnswers: (procedure, times) => void drops.set(procedure, times),
    ended: (turnId, ms) => until(() => (turns.get(turnId)?.end ? turns.get(turnId) : undefined), ms),
    until,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

const LOST = Symbol('lease lost')

const refused = (code: string, message: string) => ({ error: { message, code: -32009, data: { refusal: { code, message } } } })

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
