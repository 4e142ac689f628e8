import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Refusal } from '#domain/core/refusal.ts'
import type { Parts } from '#server/api/parts.ts'
import type { Headers } from '#server/gate/gate.ts'
import type { Identity } from '#server/gate/identity.ts'
import { mayCall } from '#server/gate/policy.ts'
import type { Progress } from '#server/parcels/parcels.ts'
import { saysDiskFull } from '#server/postgres/disk-space.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'

type Env = { Bindings: HttpBindings }

/** How often somebody who waits is told how far an import is, in milliseconds. */
const TELL_EVERY = 200

/** Projects as files: one to fetch, and one to bring. */
export function addParcels(app: Hono<Env>, parts: Parts): void {
  const speakerOf = async (headers: Headers, door: string, isChange: boolean): Promise<Identity | Response> => {
    const identity = await parts.gate.identify(headers, isChange)
    if (identity && mayCall(identity.role, door)) return identity
    const message = identity ? 'Only an admin or the owner may do this.' : 'Sign in first.'
    return Response.json({ message }, { status: identity ? 403 : 401, headers: { connection: 'close' } })
  }

  app.get('/parcels/:projectId', async (c) => {
    const speaker = await speakerOf(c.env.incoming.headers, 'GET /parcels', false)
    if (speaker instanceof Response) return speaker
    const packed = await parts.parcels.pack(c.req.param('projectId'), speaker.memberId)
    if (!packed.ok) return c.json({ code: packed.code, message: packed.message }, packed.code === 'project-not-found' ? 404 : 409)
    const { name, stream } = packed.value
    return new Response(stream, {
      headers: {
        'content-type': 'application/gzip',
        'content-disposition': `attachment; filename="${name}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    })
  })

  // The answer is a JSON object a line: how far it is, and at last the project or why there is none.
  app.post('/parcels', async (c) => {
    const speaker = await speakerOf(c.env.incoming.headers, 'POST /parcels', true)
    if (speaker instanceof Response) return speaker
    const { body } = c.req.raw
    if (!body) return c.json({ message: 'There is nothing in this request.' }, 400)
    return new Response(takeAndTell(parts, body, speaker.memberId), {
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    })
  })
}

function takeAndTell(parts: Parts, body: ReadableStream<Uint8Array>, who: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async start(controller) {
      let isHeard = true
      // Whoever brought the file may have gone: the import goes on all the same.
      const tell = (line: unknown): void => {
        try {
          if (isHeard) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
        } catch {
          isHeard = false
        }
      }
      let last = 0
      const progress = (now: Progress): void => {
        if (Date.now() - last < TELL_EVERY) return
        last = Date.now()
        tell(now)
      }
      const { health } = parts.journal
      const answer = health.ok
        ? await parts.parcels.take(body, who, progress).catch((thrown: unknown) => failed(parts, thrown))
        : refusal('not-saving', health.sentence)
      tell(answer.ok ? { ok: true, ...answer.value } : { ok: false, code: answer.code, message: answer.message })
      if (isHeard) controller.close()
    },
  })
}

const refusal = (code: string, message: string): Refusal => ({ ok: false, code, message })

function failed(parts: Parts, thrown: unknown): Refusal {
  const { message, stack } = thrown as Error
  parts.log.error({ reason: message, stack }, 'an import failed')
  if (saysDiskFull(thrown)) return refusal('disk-full', DISK_FULL)
  return refusal('server-error', 'Something went wrong on the server, and nothing was imported. Try again; if it stays, its log says more.')
}
