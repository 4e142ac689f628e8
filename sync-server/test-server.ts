import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Role } from '#domain/team/schema.ts'
import type { AppRouter } from './api/router.ts'
import { makeTokenFor } from './gate/new-token.ts'
import { makeLog } from './log.ts'
import { addressUrl } from './postgres/address.ts'
import type { Db } from './postgres/pool.ts'
import { openTestDatabase } from './postgres/test-database.ts'
import { type RunningServer, startServer } from './server.ts'

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>
export type Client = { doc: Y.Doc; provider: WebsocketProvider }

/** A whole server for tests, on a database of its own; clients made here are closed with it. */
export type TestServer = {
  db: Db
  /** Its data folder. */
  data: string
  running: RunningServer
  token: (role: Role, name?: string) => Promise<string>
  /** The API as whoever holds the token sees it. */
  api: (token: string, headers?: Record<string, string>) => Api
  /** A real y-websocket client. */
  client: (room: string, token: string, params?: Record<string, string>) => Client
  url: (room: string, query?: string) => string
  /** From now on the database has no room for another row in a table, until the answered function is called. */
  fill: (table: string) => Promise<() => Promise<void>>
  restart: () => Promise<void>
  /** Another server on the same database. `isMuted`: it can notify nobody, and what it writes is found by looking. Stopped with this one. */
  beside: (
    isMuted?: boolean,
  ) => Promise<{ url: string; signInToken: string; api: (token: string, headers?: Record<string, string>) => Api }>
  stop: () => Promise<void>
}

const NO_ROOM = `create or replace function full_disk() returns trigger language plpgsql as $$
  begin raise exception 'could not extend file "base/1/2": No space left on device' using errcode = '53100'; end $$`

const apiAt = (url: string, token: string, headers: Record<string, string>): Api =>
  createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers: { authorization: `Bearer ${token}`, ...headers } })] })

/** Starts one. */
export async function startTestServer(): Promise<TestServer> {
  const database = await openTestDatabase()
  const data = await mkdtemp(path.join(tmpdir(), 'slipway-server-'))
  const config = {
    port: 0,
    host: '127.0.0.1',
    data,
    databaseUrl: addressUrl(database.address),
    secret: 'a secret of tests',
    address: null,
    runnerToken: null,
    logLevel: 'silent',
    appFolder: path.join(data, 'app'),
  }
  const providers: WebsocketProvider[] = []
  const besides: (() => Promise<void>)[] = []
  let running = await startServer(config, makeLog('silent'))
  const url = (room: string, query = ''): string => `${running.url.replace('http', 'ws')}/sync/${room}${query}`
  return {
    db: database.db,
    data,
    get running() {
      return running
    },
    token: async (role, name = `${role} of tests`) => (await makeTokenFor(database.db, name, role)).token,
    api: (token, headers = {}) => apiAt(running.url, token, headers),
    client: (room, token, params = {}) => {
      const doc = new Y.Doc()
      class WithToken extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { authorization: `Bearer ${token}` } })
        }
      }
      const provider = new WebsocketProvider(`${running.url.replace('http', 'ws')}/sync`, room, doc, {
        WebSocketPolyfill: WithToken as unknown as typeof globalThis.WebSocket,
        disableBc: true,
        params,
      })
      providers.push(provider)
      return { doc, provider }
    },
    url,
    fill: async (table) => {
      await database.db.query(NO_ROOM)
      await database.db.query(`create trigger full_disk before insert or update on ${table} execute function full_disk()`)
      return async () => void (await database.db.query(`drop trigger full_disk on ${table}`))
    },
    beside: async (isMuted = false) => {
      const address = isMuted ? await database.muted() : database.address
      const other = await mkdtemp(path.join(tmpdir(), 'slipway-server-'))
      const server = await startServer({ ...config, data: other, databaseUrl: addressUrl(address) }, makeLog('silent'))
      besides.push(server.stop, () => rm(other, { recursive: true, force: true }))
      return { url: server.url, signInToken: server.signInToken, api: (token, headers = {}) => apiAt(server.url, token, headers) }
    },
    restart: async () => {
      const port = Number(new URL(running.url).port)
      await running.stop()
      running = await startServer({ ...config, port }, makeLog('silent'))
    },
    stop: async () => {
      for (const provider of providers) provider.destroy()
      for (const stop of besides) await stop()
      await running.stop()
      await database.drop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Waits until something holds, looking again and again; fails after half a minute with what it was. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = 30_000): Promise<void> {
  const deadline = Date.now() + patience
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`it never came to pass that ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The refusal an API call ended with. */
export async function refusalOf(call: Promise<unknown>): Promise<{ code: string; message: string; field?: string }> {
  try {
    await call
  } catch (thrown) {
    if (thrown instanceof TRPCClientError) {
      const { refusal } = thrown.data as { refusal: { code: string; message: string } | null }
      if (refusal) return refusal
    }
    throw thrown
  }
  throw new Error('it was not refused')
}
