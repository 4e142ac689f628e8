import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import pg from 'pg'
import type { Role } from '#domain/team/schema.ts'
import { ROOT } from '#launch/root.mjs'
import type { AppRouter } from '#server/api/router.ts'
import { copyCluster } from '#server/postgres/test-database.ts'
import { freePort } from './free-port.ts'
import { processesOf, type Running } from './processes.ts'
import { program } from './program.ts'
import { SmallDisk } from './small-disk.ts'
import { InVain, waitUntil } from './wait-until.ts'

const START_MS = 60_000
/** Something it started may hold its stderr open. */
const LAST_WORDS_MS = 2_000

type Part = 'server' | 'runner'
export type Api = TRPCClient<AppRouter>

/**
 * A whole Slipway of one test: a real server and runner on a port and a data folder of their own. Parts can be killed,
 * stopped and started one by one, as fate does.
 */
export class Slipway {
  readonly data = mkdtempSync(join(tmpdir(), 'slipway-test-'))
  readonly url: string
  /** What the parts wrote to stderr, for a test that fails. */
  readonly said: string[] = []
  /** The disk under the data folder, where the test asked for one of its own. */
  disk: SmallDisk | undefined
  readonly #port: number
  readonly #env: Record<string, string>
  readonly #children: Partial<Record<Part, ChildProcess>> = {}
  #signInUrl = ''
  #database: Promise<pg.Client> | undefined

  private constructor(port: number, env: Record<string, string>) {
    this.#port = port
    this.#env = env
    this.url = `http://localhost:${port}`
  }

  /** Starts a server, and a runner beside it unless told not to. `disk`: on a disk of its own, of so many bytes. */
  static async start(options: { runner?: boolean; env?: Record<string, string>; disk?: number } = {}): Promise<Slipway> {
    const slipway = new Slipway(await freePort(), options.env ?? {})
    try {
      if (options.disk) slipway.disk = await SmallDisk.mount(slipway.data, options.disk)
      else if (!options.env?.DATABASE_URL) await copyCluster(slipway.data)
      await slipway.startServer()
      if (options.runner !== false) await slipway.startRunner()
      return slipway
    } catch (thrown) {
      await slipway.end()
      throw thrown
    }
  }

  /** The URL the server printed when it started last. */
  get signInUrl(): string {
    return this.#signInUrl
  }

  async startServer(): Promise<void> {
    this.#signInUrl = ''
    const child = this.#spawn('server')
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#signInUrl = /https?:\/\/\S+\?token=\S+/.exec(line)?.[0] ?? this.#signInUrl
      })
    }
    await this.#ready('server', child, () => this.#signInUrl !== '')
  }

  async startRunner(): Promise<void> {
    const before = this.said.length
    const child = this.#spawn('runner')
    await this.#ready('runner', child, () => this.said.slice(before).some((line) => line.includes('runner ready')))
  }

  pid(part: Part): number | undefined {
    const child = this.#children[part]
    return child?.exitCode === null && child.signalCode === null ? child.pid : undefined
  }

  /** kill -9, as a power cut or an out-of-memory killer does it: the part has no say. */
  async kill(part: Part): Promise<void> {
    await this.#signal(part, 'SIGKILL')
  }

  /** Asks it to stop and waits until it has. */
  async stop(part: Part): Promise<void> {
    await this.#signal(part, 'SIGTERM')
  }

  /** Ends everything, and fails when a process of this Slipway is still there afterwards. */
  async end(): Promise<void> {
    await this.stop('runner')
    await (await this.#database?.catch(() => undefined))?.end()
    await this.stop('server')
    const left = await waitUntil('every process to be gone', () => this.survivors().length === 0, 10_000).then(
      () => [],
      () => this.survivors(),
    )
    for (const { pid } of left) process.kill(pid, 'SIGKILL')
    await this.disk?.unmount()
    rmSync(this.data, { recursive: true, force: true })
    if (left.length) throw new Error(`Still running after the end: ${left.map(({ pid, command }) => `${pid} ${command}`).join('; ')}`)
  }

  /** What still runs on this data folder. */
  survivors(): Running[] {
    return processesOf(this.data)
  }

  /** An API token, made by the very command people use. */
  token(role: Exclude<Role, 'owner'> = 'member', name = 'Ada'): string {
    const [command, args] = this.#node([...program('token'), '--role', role, '--name', name])
    const { stdout, stderr, status } = spawnSync(command, args, { cwd: ROOT, env: this.#environment(), encoding: 'utf8' })
    if (status !== 0) throw new Error(`no token: ${stderr}`)
    return stdout.trim()
  }

  /** The server's procedures, in the name of a token's holder. */
  api(token: string): Api {
    return createTRPCClient<AppRouter>({ links: [httpLink({ url: `${this.url}/trpc`, headers: { authorization: `Bearer ${token}` } })] })
  }

  /** Asks the server's own database, past the server. */
  async sql<R extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<R[]> {
    this.#database ??= this.#connect()
    const client = await this.#database
    return (await client.query<R>(text, values)).rows
  }

  /** Every connection is a process of the database's: who asks again and again keeps theirs, as long as it lives. */
  async #connect(): Promise<pg.Client> {
    const forget = (): void => {
      this.#database = undefined
    }
    try {
      const folder = this.disk?.outside ?? this.data
      const { databaseUrl } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { databaseUrl: string }
      const client = new pg.Client({ connectionString: databaseUrl.replace(encodeURIComponent(this.data), encodeURIComponent(folder)) })
      client.on('error', forget).on('end', forget)
      await client.connect()
      return client
    } catch (thrown) {
      forget()
      throw thrown
    }
  }

  #environment(): NodeJS.ProcessEnv {
    return { ...process.env, NODE_ENV: 'production', PORT: String(this.#port), SLIPWAY_DATA: this.data, LOG_LEVEL: 'info', ...this.#env }
  }

  /** Node with arguments, where it sees the data folder. */
  #node(args: readonly string[]): [string, string[]] {
    const [first, ...rest] = [...(this.disk?.inside ?? []), process.execPath, ...args]
    return [first ?? process.execPath, rest]
  }

  #spawn(part: Part): ChildProcess {
    const [command, args] = this.#node(program(part))
    const child = spawn(command, args, { cwd: ROOT, env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    this.#children[part] = child
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => this.said.push(`${part}: ${line}`))
    return child
  }

  /** Waits until a part is ready; one that has ended never will be, and its last words say why. */
  async #ready(part: Part, child: ChildProcess, isReady: () => boolean): Promise<void> {
    const before = this.said.length
    // That it ended may be known before its last words are read.
    const isHeard = new Promise<void>((resolve) => child.once('close', () => resolve()))
    try {
      await waitUntil(
        `the ${part} to be ready`,
        () => {
          const end = child.signalCode ?? child.exitCode
          if (end !== null) throw new InVain(`The ${part} ended (${end}) before it was ready.`)
          return isReady()
        },
        START_MS,
      )
    } catch (thrown) {
      if (thrown instanceof InVain) await Promise.race([isHeard, sleep(LAST_WORDS_MS)])
      const lastWords = this.said.slice(before).slice(-20).join('\n')
      throw new Error(`${thrown instanceof Error ? thrown.message : thrown}\n${lastWords}`, { cause: thrown })
    }
  }

  async #signal(part: Part, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#children[part]
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
}
