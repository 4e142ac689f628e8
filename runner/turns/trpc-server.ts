import { createHash } from 'node:crypto'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import type { Claim } from '#domain/sessions/protocol.ts'
import type { AppRouter } from '#server/api/router.ts'
import type { CallResult, ServerPort } from './server-port.ts'

/** Where the server is and what to show at its door. Asked anew for each call: a server that starts again may have moved. */
export type Address = { url: string; token: string }

const FINAL = new Set(['lease-lost', 'invalid-input', 'forbidden'])
const CALL_MS = 15_000
const CLAIM_MS = 35_000

/** The server over tRPC. Only answers with a refusal count as answers; everything else is thrown, to be told again. */
export function serverOverTrpc(address: () => Promise<Address>): ServerPort {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: 'http://slipway.invalid/trpc',
        fetch: async (input, init) => {
          const { url, token } = await address()
          const path = String(input).replace('http://slipway.invalid', '')
          return fetch(url + path, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } } as RequestInit)
        },
      }),
    ],
  })
  const noTurns = async (error: unknown): Promise<never> => {
    throw new Error(whyNoTurns(error, (await address()).url), { cause: rootOf(error) })
  }
  const within = (ms: number): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(ms) })
  return {
    hello: async (runner) => {
      await client.runner.hello.mutate(runner, within(CALL_MS)).catch(noTurns)
    },
    claim: async (runnerId, quick, signal): Promise<Claim | null> =>
      client.runner.claim.mutate({ runnerId, quick }, { signal: AbortSignal.any([signal, AbortSignal.timeout(CLAIM_MS)]) }).catch(noTurns),
    report: (batch) => answered(async () => ({ cancel: (await client.runner.report.mutate(batch, within(CALL_MS))).cancel === true })),
    finish: (end) =>
      answered(async () => {
        await client.runner.finish.mutate(end, within(CALL_MS))
        return undefined
      }),
    upload: async (bytes) => {
      const { url, token } = await address()
      const response = await fetch(`${url}/blobs`, {
        method: 'POST',
        body: new Blob([bytes as Uint8Array<ArrayBuffer>]),
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        signal: AbortSignal.timeout(60_000),
      })
      if (!response.ok) throw new Error(`the server did not take a file: ${response.status}`)
      const { sha256 } = (await response.json()) as { sha256: string }
      if (sha256 !== createHash('sha256').update(bytes).digest('hex')) throw new Error('the server kept other bytes than were sent')
      return sha256
    },
    download: async (sha256, most) => {
      const { url, token } = await address()
      const response = await fetch(`${url}/blobs/${sha256}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(60_000),
      })
      if (response.status === 404 || Number(response.headers.get('content-length') ?? 0) > most) {
        await response.body?.cancel()
        return null
      }
      if (!response.ok) throw new Error(`the server did not give a file: ${response.status}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null
    },
  }
}

async function answered<T>(call: () => Promise<T>): Promise<CallResult<T>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    const refusal = refusalIn(error)
    // Trouble of the server's own, or a door that is being opened again, is no answer about this turn.
    if (!refusal || !FINAL.has(refusal.code)) throw error
    return { ok: false, why: refusal.code === 'lease-lost' ? 'lease-lost' : 'refused', sentence: refusal.message }
  }
}

/** RUNNER-4: why a server gives no turns, and what helps. A few sentences only: each is told when it is another than the last. */
function whyNoTurns(error: unknown, url: string): string {
  const refusal = refusalIn(error)
  if (refusal?.code === 'unauthenticated' || refusal?.code === 'forbidden')
    return `The server at ${url} does not take this runner's token. Make one there (npm run token -- --role runner) and set SLIPWAY_RUNNER_TOKEN to it.`
  if (refusal) return `The server at ${url} gives this runner no work: ${refusal.message}`
  if (error instanceof TRPCClientError && error.data) return `The server at ${url} is in trouble. Its log says why.`
  // It answered: in another form, or in no form at all.
  if ((error instanceof TRPCClientError && error.meta) || rootOf(error) instanceof SyntaxError)
    return `What answers at ${url} is no Slipway server. Set SLIPWAY_URL to one, or look at what stands in front of it.`
  return `No server answers at ${url}. Start it, or set SLIPWAY_URL to where it is.`
}

/** The first of the errors that led to this one. */
const rootOf = (error: unknown): unknown => (error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error)

function refusalIn(error: unknown): { code: string; message: string } | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  const data = error.data as { refusal?: { code: string; message: string } } | null | undefined
  return data?.refusal
}
