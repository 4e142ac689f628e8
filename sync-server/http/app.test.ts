import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuse } from '#domain/core/refusal.ts'
import type { AppRouter } from '#server/api/router.ts'
import { isFromHere } from '#server/gate/origin.ts'
import { DISK_FULL } from '#server/postgres/failure.ts'
import { type Api, refusalOf, startTestServer, type TestServer, until } from '#server/test-server.ts'
import { AppFiles } from './app-files.ts'
import { contentPolicy } from './content-policy.ts'

let server: TestServer
let base: string

beforeAll(async () => {
  server = await startTestServer()
  base = server.running.url
})
afterAll(() => server.stop())

/** A browser: keeps the cookie, says its origin. */
function browser(origin = base) {
  let cookie = ''
  const api: Api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${base}/trpc`,
        fetch: async (url, options) => {
          const response = await fetch(url as string, {
            ...(options as RequestInit),
            headers: { ...(options?.headers as Record<string, string>), origin, ...(cookie ? { cookie } : {}) },
          })
          const set = response.headers.get('set-cookie')
          if (set) cookie = set.split(';')[0] ?? ''
          lastCookie = set ?? lastCookie
          return response
        },
      }),
    ],
  })
  let lastCookie = ''
  return { api, cookie: () => cookie, setCookie: () => lastCookie }
}

/** A request with headers that fetch would not let us choose. */
function raw(target: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${target}`, { method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('signing in', () => {
  it('GATE-9 the printed token makes the owner a session in a cookie no script reads; signing out ends it', async () => {
    const owner = browser()
    expect(await owner.api.session.me.query()).toBeNull()
    await owner.api.session.signIn.mutate({ token: server.running.signInToken })
    expect(owner.setCookie()).toMatch(/^slipway_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/)
    expect(await owner.api.session.me.query()).toMatchObject({ member: { role: 'owner' }, version: expect.any(String) as string })
    const stolen = owner.cookie()
    await owner.api.session.signOut.mutate()
    expect(await fetch(`${base}/trpc/session.me`, { headers: { cookie: stolen } }).then((response) => response.json())).toEqual({
      result: { data: null },
    })
    expect((await refusalOf(owner.api.session.signIn.mutate({ token: 'wrong' }))).message).toMatch(/no longer valid/)
  })

  it('GATE-10 a cookie sent by a page of another site counts for nothing', async () => {
    const owner = browser()
    await owner.api.session.signIn.mutate({ token: server.running.signInToken })
    const body = JSON.stringify({ name: 'Eve', role: 'admin' })
    for (const origin of ['http://evil.test', 'null', undefined]) {
      const headers = { 'content-type': 'application/json', cookie: owner.cookie(), ...(origin ? { origin } : {}) }
      const response = await fetch(`${base}/trpc/invites.create`, { method: 'POST', headers, body })
      expect(response.status, String(origin)).toBe(401)
    }
    expect(await raw('/healthz', { host: 'evil.test' })).toBe(421)
  })

  it('GATE-11 an invitation lets one person in, with its name and role', async () => {
    const owner = browser()
    await owner.api.session.signIn.mutate({ token: server.running.signInToken })
    const { url, expiresAt } = await owner.api.invites.create.mutate({ name: 'Bob', role: 'viewer' })
    expect(expiresAt).toBeGreaterThan(Date.now() + 6 * 86_400_000)
    expect(url).toMatch(`${base}/join?token=`)
    const token = new URL(url).searchParams.get('token') ?? ''
    const bob = browser()
    expect(await bob.api.invites.look.query({ token })).toMatchObject({ name: 'Bob', role: 'viewer' })
    await bob.api.invites.accept.mutate({ token })
    expect((await bob.api.session.me.query())?.member).toMatchObject({ username: 'Bob', role: 'viewer' })
    expect((await refusalOf(browser().api.invites.accept.mutate({ token }))).code).toBe('invite-used')
    expect((await refusalOf(bob.api.invites.create.mutate({ name: 'Carl', role: 'member' }))).code).toBe('forbidden')
    expect((await refusalOf(owner.api.invites.create.mutate({ name: '', role: 'viewer' }))).message).toBe('A name is needed.')
  })
})

describe('calls', () => {
  it('API-1 a mutation sent again under its key is not done again', async () => {
    const token = await server.token('admin', 'Ada')
    const key = randomUUID()
    const api = server.api(token, { 'idempotency-key': key })
    const answers = await Promise.all([1, 2, 3].map(() => api.tokens.create.mutate({ name: 'CI', role: 'viewer' })))
    expect(new Set(answers.map((answer) => answer.token)).size).toBe(1)
    expect((await api.tokens.list.query()).filter((found) => found.name === 'CI')).toHaveLength(1)
  })

  it('API-2 a path that is no procedure, or an input that is none, is a sentence', async () => {
    const response = await fetch(`${base}/trpc/nothing.here`)
    expect(response.status).toBe(404)
    const api = server.api(await server.token('member', 'Mia'))
    const refusal = await refusalOf(
      api.attempts.start.mutate({ attemptId: randomUUID(), projectId: randomUUID(), taskId: 'x', modelId: 'builtin' }),
    )
    expect(refusal.message).toMatch(/project is gone/)
  })

  it('API-3 what the disk has no room for is refused with the reason, to be tried again', async () => {
    const admin = server.api(await server.token('admin', 'Ada'))
    const makeRoom = await server.fill('invites')
    const asked = admin.invites.create.mutate({ name: 'Zoe', role: 'viewer' })
    await expect(asked).rejects.toMatchObject({ message: DISK_FULL, data: { httpStatus: 503, refusal: { code: 'not-saving' } } })
    await makeRoom()
  })

  it('API-3 while the journal can store nothing a change is refused before anything of it is done; who comes, goes or looks is let through', async () => {
    const token = await server.token('admin', 'Ada')
    const admin = server.api(token)
    const runner = server.api(await server.token('runner', 'box'))
    const makeRoom = await server.fill('journal_updates')
    const { doc, provider } = server.client(`project/${randomUUID()}`, token)
    doc.getMap('m').set('a', 1)
    await until('the journal is in trouble', async () => !(await fetch(`${base}/readyz`)).ok)
    const before = (await admin.tokens.list.query()).length
    expect(await refusalOf(admin.tokens.create.mutate({ name: 'CI', role: 'viewer' }))).toEqual(refuse('not-saving', DISK_FULL))
    expect(await admin.tokens.list.query()).toHaveLength(before)
    await runner.runner.hello.mutate({ runnerId: 'r1', name: 'box', version: '1' })
    expect((await admin.session.ticket.mutate()).ticket).toBeTruthy()
    await makeRoom()
    await until('it can save again', async () => (await fetch(`${base}/readyz`)).ok)
    await admin.tokens.create.mutate({ name: 'CI', role: 'viewer' })
    provider.destroy()
  })

  it('GATE-12 a session is good though the disk has no room to note that it was used', async () => {
    const owner = browser()
    await owner.api.session.signIn.mutate({ token: server.running.signInToken })
    await server.db.query('update login_sessions set seen_at = seen_at - 120000')
    const makeRoom = await server.fill('login_sessions')
    expect((await owner.api.session.me.query())?.member.role).toBe('owner')
    await makeRoom()
  })

  it('MODEL-2 a key is kept sealed, shown by its last four, and not sent to another address', async () => {
    const api = server.api(await server.token('admin', 'Ada'))
    const model = {
      name: 'gpt',
      displayName: '',
      providerType: 'openai_compatible' as const,
      baseUrl: 'http://127.0.0.1:9/v1/',
      modelName: 'gpt',
      usageType: 'general' as const,
      isActive: true,
    }
    const { modelId } = await api.models.save.mutate({ ...model, apiKey: 'sk-secret-key-123456' })
    const { rows } = await server.db.query<{ all: string }>(
      "select (select string_agg(v::text, '') from vault v) || (select string_agg(m::text, '') from models m) as all",
    )
    expect(rows[0]?.all).not.toContain('sk-secret')
    await api.models.save.mutate({ ...model, id: modelId, modelName: 'gpt-2' })
    expect((await refusalOf(api.models.save.mutate({ ...model, id: modelId, baseUrl: 'http://evil.test/v1' }))).code).toBe('key-needed')
    expect((await refusalOf(api.models.save.mutate({ ...model, baseUrl: 'file:///etc/passwd' }))).message).toMatch(/http/)
    expect((await refusalOf(api.models.save.mutate({ ...model, name: 'gpt' }))).code).toBe('model-name-taken')
  })
})

describe('files', { timeout: 60_000 }, () => {
  it('BLOB-1 bytes are kept by their hash, for those who may', async () => {
    const auth = { authorization: `Bearer ${await server.token('runner', 'box')}` }
    const bytes = new Uint8Array(200_000).fill(7)
    const { sha256 } = (await fetch(`${base}/blobs`, { method: 'POST', headers: auth, body: bytes }).then((response) =>
      response.json(),
    )) as { sha256: string }
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const back = await fetch(`${base}/blobs/${sha256}`, { headers: auth })
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes)
    expect(back.headers.get('cache-control')).toMatch(/immutable/)
    expect((await fetch(`${base}/blobs/${sha256}`)).status).toBe(401)
    const viewer = { authorization: `Bearer ${await server.token('viewer', 'Vi')}` }
    expect((await fetch(`${base}/blobs`, { method: 'POST', headers: viewer, body: bytes })).status).toBe(403)
    for (const name of ['..%2f..%2fmaster.key', '0'.repeat(64), 'x'])
      expect((await fetch(`${base}/blobs/${name}`, { headers: auth })).status).toBe(404)
  })

  it('BLOB-3 PICTURE-2 FILE-1 people bring pictures and texts and nothing that only says it is one; it is shown as what it is and never as a page', async () => {
    const auth = { authorization: `Bearer ${await server.token('member', 'Mia')}` }
    const store = (body: BodyInit, type = 'image/png') =>
      fetch(`${base}/blobs`, { method: 'POST', headers: { ...auth, 'content-type': type }, body })
    const refused = await store(new Uint8Array([0x50, 0x4b, 3, 4]))
    expect([refused.status, await refused.json()]).toEqual([415, { code: 'file-not-taken', message: expect.stringContaining('PNG, JPEG') }])
    expect((await store('')).status).not.toBe(200)
    const png = new Uint8Array(300).fill(1)
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    const [first, again] = (await Promise.all([store(png), store(png, 'text/html')].map(async (answer) => (await answer).json()))) as {
      sha256: string
    }[]
    expect(first?.sha256).toBe(again?.sha256)
    const back = await fetch(`${base}/blobs/${first?.sha256}`, { headers: auth })
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
    })
    const program = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
    const words = (await (await store(program, 'image/svg+xml')).json()) as { sha256: string }
    const read = await fetch(`${base}/blobs/${words.sha256}`, { headers: auth })
    expect([Object.fromEntries(read.headers), await read.text()]).toEqual([
      expect.objectContaining({
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
        'content-disposition': 'attachment',
        'content-security-policy': "sandbox; default-src 'none'",
      }),
      program,
    ])
    expect((await store('x'.repeat(256_001))).status).toBe(413)
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    large.set(png)
    expect((await store(large)).status).toBe(413)
    expect((await fetch(`${base}/blobs`, { method: 'POST', body: png })).status).toBe(401)
  })

  it('PICTURE-9 a picture that was removed says so, is wanted then, and is there again once somebody stores it', async () => {
    const token = await server.token('member', 'Moe')
    const auth = { authorization: `Bearer ${token}` }
    const store = () => fetch(`${base}/blobs`, { method: 'POST', headers: auth, body: 'GIF89a that was removed' })
    const { sha256 } = (await (await store()).json()) as { sha256: string }
    const look = () => fetch(`${base}/blobs/${sha256}`, { headers: auth })
    const { rows } = await server.db.query<{ freed: number }>('update blobs set removed_at = 0 where sha256 = $1 returning size as freed', [
      sha256,
    ])
    await server.db.query('delete from blob_parts where sha256 = $1', [sha256])
    await rm(path.join(server.data, 'blobs', sha256.slice(0, 2), sha256))
    const gone = await look()
    expect([gone.status, await gone.json()]).toEqual([
      410,
      { message: expect.stringMatching(/removed this file on 1970-01-01.*add it again/) },
    ])
    const { pictures } = server.api(token)
    expect([await pictures.wanted.query(), (await pictures.kept.query()).freed]).toEqual([[sha256], rows[0]?.freed])
    await store()
    expect([(await look()).status, await pictures.wanted.query()]).toEqual([200, []])
  })

  it('HTTP-1 serves the app with its policy, unknown paths as its page, and nothing from outside', async () => {
    const folder = path.join(await mkdtemp(path.join(tmpdir(), 'slipway-app-')), 'client')
    await mkdir(path.join(folder, 'assets'), { recursive: true })
    await writeFile(path.join(folder, 'index.html'), '<html><script>window.x=1</script><script src="/assets/a.js"></script></html>')
    await writeFile(path.join(folder, 'assets', 'a.js'), 'x')
    await writeFile(path.join(folder, '..', 'secret'), 'secret')
    const files = new AppFiles(folder)
    const serve = (pathname: string, ifNoneMatch: string | null = null) => files.serve(pathname, { accepts: '', isFar: false, ifNoneMatch })
    const page = await serve('/projects/1')
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval' 'sha256-")
    const script = await serve('/assets/a.js')
    expect(script.headers.get('cache-control')).toMatch(/immutable/)
    expect(await script.text()).toBe('x')
    expect((await serve('/assets/a.js', script.headers.get('etag'))).status).toBe(304)
    expect((await serve('/assets/gone.js')).status).toBe(404)
    for (const attempt of ['/../secret', '/..\\secret', '/assets/../../secret'])
      expect(await (await serve(attempt)).text()).not.toBe('secret')
    expect(contentPolicy('<p>')).not.toContain('sha256')
  })

  it('HTTP-5 a page comes with the names of its scripts, which the browser would find out in two more steps', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'slipway-app-'))
    await mkdir(path.join(folder, 'assets'))
    const put = (html: string) => writeFile(path.join(folder, 'index.html'), html)
    const list = (routes: object) => `window.__remixManifest=${JSON.stringify({ entry: {}, routes })};`
    const route = (module: string, at: object) => ({
      module: `/assets/${module}.js`,
      imports: ['/assets/packages.js', `/assets/${module}-1.js`],
      ...at,
    })
    const routes = {
      root: { module: '/assets/root.js' },
      board: route('board', { parentId: 'project', index: true }),
      project: route('project', { parentId: 'root', path: 'projects/:projectId' }),
      card: route('card', { parentId: 'project', path: 'tasks/:taskId' }),
      like: route('like', { parentId: 'project', path: 'tasks/new' }),
      lost: route('lost', { parentId: 'root', path: '*' }),
    }
    await put(
      '<script src="/look.js"></script><link rel="stylesheet" href="/a.css"/><link rel="modulepreload" href="/assets/manifest-ab_c-1.js"/><link rel="modulepreload" href="/assets/root.js"/><link rel="modulepreload" href="/assets/root.js"/><link rel="modulepreload" href="/assets/packages.js"/>',
    )
    await writeFile(path.join(folder, 'assets', 'manifest-ab_c-1.js'), list(routes))
    const files = new AppFiles(folder)
    const told = async (address: string) => {
      const { headers } = await files.serve(address, { accepts: '', isFar: false, ifNoneMatch: null })
      return headers.get('link')?.split(', ') ?? null
    }
    const scripts = (...names: string[]) => names.map((name) => `</assets/${name}.js>; rel=modulepreload`)
    const first = [
      '</look.js>; rel=preload; as=script',
      '</a.css>; rel=preload; as=style',
      ...scripts('manifest-ab_c-1', 'root', 'packages'),
    ]
    expect(await told('/projects/7')).toEqual([...first, ...scripts('board', 'board-1', 'project', 'project-1')])
    expect(await told('/projects/7/tasks/9/')).toEqual([...first, ...scripts('card', 'card-1', 'project', 'project-1')])
    expect(await told('/projects/7/tasks/new')).toEqual([...first, ...scripts('like', 'like-1', 'project', 'project-1')])
    expect(await told('/projects/7/tasks')).toEqual([...first, ...scripts('lost', 'lost-1')])
    expect(await told('/'), 'nothing that the page does not name itself').toBeNull()

    await put('<script src="/assets/manifest-2.js"></script>')
    expect(await told('/projects/7'), 'a build whose list cannot be read').toBeNull()
    await put('<p>no list')
    expect(await told('/projects/7')).toBeNull()
  })

  it('HTTP-3 files are packed for the way over a network; the large ones not for a browser beside the server', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'slipway-app-'))
    const [script, engine] = ['// words\n'.repeat(1_000), 'engine '.repeat(200_000)]
    await writeFile(path.join(folder, 'a.js'), script)
    await writeFile(path.join(folder, 'tiny.js'), 'x')
    await writeFile(path.join(folder, 'a.wasm'), engine)
    await writeFile(path.join(folder, 'a.gz'), script)
    const files = new AppFiles(folder)
    const ask = async (name: string, accepts: string, isFar: boolean, ifNoneMatch: string | null = null) => {
      const answer = await files.serve(`/${name}`, { accepts, isFar, ifNoneMatch })
      return { answer, bytes: Buffer.from(await answer.arrayBuffer()), packing: answer.headers.get('content-encoding') }
    }
    const all = 'gzip, deflate, br, zstd'
    const near = await ask('a.js', all, false)
    expect(near.packing).toBe('br')
    expect(brotliDecompressSync(near.bytes).toString()).toBe(script)
    const gzipped = await ask('a.js', 'gzip, br;q=0', false)
    expect(gzipped.packing).toBe('gzip')
    expect(gunzipSync(gzipped.bytes).toString()).toBe(script)
    expect(gzipped.answer.headers.get('etag')).not.toBe(near.answer.headers.get('etag'))
    expect((await ask('a.js', all, false, near.answer.headers.get('etag'))).answer.status).toBe(304)

    expect((await ask('a.wasm', all, false)).bytes.toString()).toBe(engine)
    expect(brotliDecompressSync((await ask('a.wasm', all, true)).bytes).toString()).toBe(engine)
    for (const name of ['tiny.js', 'a.gz']) expect((await ask(name, all, true)).packing, name).toBeNull()
    expect((await ask('a.js', '', true)).bytes.toString()).toBe(script)

    await writeFile(path.join(folder, 'a.js'), `${script}more`)
    expect(brotliDecompressSync((await ask('a.js', all, false)).bytes).toString()).toBe(`${script}more`)
  })

  it('HTTP-4 what comes through a balancer is not taken for a request of this machine', () => {
    expect(isFromHere({}, '127.0.0.1')).toBe(true)
    expect(isFromHere({}, '::ffff:127.0.0.1')).toBe(true)
    expect(isFromHere({}, '10.0.0.7')).toBe(false)
    for (const name of ['x-forwarded-for', 'forwarded', 'via']) expect(isFromHere({ [name]: 'x' }, '127.0.0.1'), name).toBe(false)
  })
})
