import type { HttpBindings } from '@hono/node-server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import { pictureType } from '#domain/core/picture.ts'
import { nameLookupTrouble } from '#server/api/not-saving.ts'
import type { Parts } from '#server/api/parts.ts'
import { appRouter } from '#server/api/router.ts'
import { ANY_FILE, MAX_BLOB, OF_PEOPLE } from '#server/blobs/blobs.ts'
import { isFromHere, isKnownHost } from '#server/gate/origin.ts'
import { mayCall } from '#server/gate/policy.ts'
import { saysDiskFull } from '#server/postgres/disk-space.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'
import { AppFiles } from './app-files.ts'
import { addParcels } from './parcels-door.ts'

type Env = { Bindings: HttpBindings }
export type AppParts = Parts & { metrics: Registry; appFolder: string }

/** Every HTTP door: health, calls, files by hash, the app itself. */
export function makeApp(parts: AppParts): Hono<Env> {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    if (!isKnownHost(c.env.incoming.headers)) return c.text('This server answers to names of this machine only, such as localhost.', 421)
    return await next()
  })
  app.get('/healthz', (c) => c.json({ ok: true }))
  app.get('/readyz', async (c) => {
    const reason = await whyNotReady(parts)
    return reason ? c.json({ ok: false, reason }, 503) : c.json({ ok: true })
  })
  app.get('/version', (c) => c.json({ version: parts.version }))
  app.get('/metrics', async (c) => {
    const identity = await parts.gate.identify(c.env.incoming.headers, false)
    // A scraper on this machine needs no account: it sees counts only.
    if (!isFromHere(c.env.incoming.headers, c.env.incoming.socket.remoteAddress) && !mayCall(identity?.role ?? null, 'GET /metrics'))
      return c.text('Not allowed.', 403)
    return c.text(await parts.metrics.metrics(), 200, { 'content-type': parts.metrics.contentType })
  })
  addBlobs(app, parts)
  addParcels(app, parts)
  app.all('/trpc/*', (c) => callProcedure(c.req.raw, c.env.incoming, parts))
  const files = new AppFiles(parts.appFolder)
  app.get('*', (c) => {
    const { headers, socket } = c.env.incoming
    const way = { accepts: c.req.header('accept-encoding') ?? '', isFar: !isFromHere(headers, socket.remoteAddress) }
    return files.serve(decodePath(c.req.path), { ...way, ifNoneMatch: c.req.header('if-none-match') ?? null })
  })
  app.onError((error, c) => {
    parts.log.error({ reason: error.message, stack: error.stack, path: c.req.path }, 'a request failed')
    return saysDiskFull(error) ? c.text(DISK_FULL, 503) : c.text('Something went wrong on the server.', 500)
  })
  return app
}

async function whyNotReady({ db, journal }: AppParts): Promise<string | null> {
  if (!journal.health.ok) return journal.health.sentence
  return await db.query('select 1').then(
    () => null,
    async (thrown: unknown) => (await journal.explain(thrown)).sentence,
  )
}

/** Reads a refused request to its end, so that its sender reads the refusal and not a broken connection; a huge one is cut off. */
async function drain(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body) return
  let left = MAX_BLOB
  const reader = body.getReader()
  while (left > 0) {
    const { done, value } = await reader.read()
    if (done) return
    left -= value.length
  }
  await reader.cancel()
}

function addBlobs(app: Hono<Env>, parts: AppParts): void {
  app.post('/blobs', async (c) => {
    const identity = await parts.gate.identify(c.env.incoming.headers, true)
    if (!mayCall(identity?.role ?? null, 'POST /blobs')) {
      await drain(c.req.raw.body)
      return c.json({ message: 'You may not store files here.' }, identity ? 403 : 401)
    }
    const body = c.req.raw.body
    if (!body) return c.json({ message: 'There is nothing in this request.' }, 400)
    const taken = identity?.role === 'runner' ? ANY_FILE : OF_PEOPLE
    if (Number(c.req.header('content-length') ?? 0) > taken.most) {
      await drain(body)
      return c.json({ code: taken.tooLarge.code, message: taken.tooLarge.message }, 413)
    }
    const kept = await parts.blobs.put(body, taken)
    if (kept.ok) return c.json(kept.value)
    return c.json({ code: kept.code, message: kept.message }, kept.code === 'file-not-taken' ? 415 : 413)
  })
  app.get('/blobs/:sha256', async (c) => {
    const identity = await parts.gate.identify(c.env.incoming.headers, false)
    if (!mayCall(identity?.role ?? null, 'GET /blobs')) return c.json({ message: 'Sign in first.' }, identity ? 403 : 401)
    const sha256 = c.req.param('sha256')
    const blob = await parts.blobs.get(sha256)
    if (!blob) {
      const removedAt = await parts.register.missed(sha256, Date.now())
      return removedAt === null ? c.json({ message: 'There is no such file.' }, 404) : c.json({ message: sayRemoved(removedAt) }, 410)
    }
    // Never shown as a page: what a file claims to be is not believed. A picture may stand in one; all else is words.
    const headers = {
      'content-type': pictureType(await blob.head()) ?? 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
    }
    return new Response(blob.stream(), {
      headers: { ...headers, 'content-length': String(blob.size), 'cache-control': 'private, max-age=31536000, immutable' },
    })
  })
}

/** PICTURE-9: what became of a picture or a file that is shown again after nothing had shown it for long. */
const sayRemoved = (at: number): string =>
  `The server removed this file on ${new Date(at).toISOString().slice(0, 10)}, because nothing had shown it for a long time. A device that still has it brings it back; where none has, add it again.`

async function callProcedure(request: Request, incoming: HttpBindings['incoming'], parts: AppParts): Promise<Response> {
  const headers = incoming.headers
  return await fetchRequestHandler({
    endpoint: '/trpc',
    req: request,
    router: appRouter,
    createContext: async ({ resHeaders }) => ({
      parts,
      headers,
      identity: await parts.gate.identify(headers, request.method !== 'GET').catch(async (thrown: unknown) => {
        throw await nameLookupTrouble(thrown, parts.journal)
      }),
      answerHeaders: resHeaders,
      address: incoming.socket.remoteAddress ?? '',
      signal: request.signal,
    }),
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR')
        parts.log.error({ path, reason: error.message, stack: error.cause?.stack ?? error.stack }, 'a call failed')
    },
  })
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/'
  }
}
