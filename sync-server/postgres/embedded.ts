import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type Log, SaidOnce } from '#server/log.ts'
import { DISK_FULL_AT_START, StartRefusal } from '#server/start-refusal.ts'
import type { Address } from './address.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { findLaunch, giveTo, type Launch } from './borrowed-user.ts'
import { lacksRoom } from './disk-space.ts'
import { clearLeftover, stopProcess } from './leftover.ts'

/** A PostgreSQL of our own inside the data folder. */
export type Embedded = { address: Address; folder: string; stop: () => Promise<void> }

type Place = { folder: string; logFile: string; sockets: string | null; port: number }

const USER = 'slipway'
// Durable always; small, because it shares a laptop with a browser and agents.
const SETTINGS = [
  'fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'wal_level=minimal', 'max_wal_senders=0', 'max_connections=60',
  'shared_buffers=64MB', 'max_wal_size=512MB', 'checkpoint_timeout=15min', 'timezone=UTC', 'log_min_messages=warning', 'lc_messages=C',
  'jit=off', 'max_worker_processes=4',
] // biome-ignore format: a list of words

/**
 * Starts PostgreSQL in `<data>/postgres`, making the cluster on first use, and starts it again should it die. Its
 * password lives in a 0600 file; it listens on a Unix socket only (a loopback port on Windows).
 */
export async function startEmbedded(data: string, log: Log): Promise<Embedded> {
  const [binaries, launch, password] = await Promise.all([findBinaries(), findLaunch(), readPassword(data)])
  const place = await findPlace(data)
  await clearLeftover(place.folder, place.sockets)
  await makeCluster(binaries, launch, place, password.file)
  await giveTo(launch.uid, place.folder)
  if (place.sockets) await giveTo(launch.uid, place.sockets)
  const address: Address = {
    host: place.sockets ?? '127.0.0.1',
    port: place.port,
    user: USER,
    password: password.text,
    database: 'postgres',
  }
  let child = await startProcess(binaries, launch, place, address).catch(async (cause: unknown) => {
    throw (await lacksRoom(place.folder)) ? new StartRefusal(DISK_FULL_AT_START, { cause }) : cause
  })
  const notYet = new SaidOnce((reason) => log.error({ reason }, 'PostgreSQL does not start yet; it is tried again by itself'))
  let stopping = false

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return
      log.error({ code, signal }, 'PostgreSQL ended by itself; starting it again')
      void restart()
    })
  }
  const restart = async (): Promise<void> => {
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5_000)) {
      try {
        await clearLeftover(place.folder, place.sockets)
        child = await startProcess(binaries, launch, place, address)
        notYet.worked()
        if (stopping) await stopProcess(child.pid ?? 0)
        else watch()
        return
      } catch (thrown) {
        notYet.failed(thrown)
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }
  watch()
  return {
    address,
    folder: place.folder,
    stop: async () => {
      stopping = true
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) await stopProcess(child.pid)
    },
  }
}

async function readPassword(data: string): Promise<{ file: string; text: string }> {
  const file = path.join(data, 'postgres.password')
  const found = await readFile(file, 'utf8').catch(() => '')
  if (found) return { file, text: found.trim() }
  const text = randomBytes(24).toString('base64url')
  await writeFile(file, `${text}\n`, { mode: 0o600 })
  return { file, text }
}

async function findPlace(data: string): Promise<Place> {
  const logFile = path.join(data, 'postgres.log')
  const size = (await stat(logFile).catch(() => null))?.size ?? 0
  if (size > 4_000_000) await rename(logFile, `${logFile}.1`)
  const folder = path.join(data, 'postgres')
  if (process.platform === 'win32') return { folder, logFile, sockets: null, port: await freePort() }
  // The path of a Unix socket holds about a hundred bytes; a deep data folder needs a shorter place.
  const beside = path.join(data, 'socket')
  const sockets = Buffer.byteLength(beside) < 80 ? beside : path.join(tmpdir(), `slipway-${process.getuid?.() ?? 0}-${shortHash(data)}`)
  await mkdir(sockets, { recursive: true, mode: 0o700 })
  const owner = await stat(sockets)
  if (process.getuid?.() !== 0 && owner.uid !== process.getuid?.())
    throw new StartRefusal(`The folder ${sockets} belongs to another user. Remove it, or set SLIPWAY_DATA to a shorter path.`)
  await chmod(sockets, 0o700)
  return { folder, logFile, sockets, port: 5432 }
}

const shortHash = (text: string): string =>
  Buffer.from(text)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
    .toString(16)

/** Runs initdb into a folder beside and moves it into place when complete, so that a kill in the middle leaves nothing half made. */
async function makeCluster(binaries: Binaries, launch: Launch, { folder, logFile }: Place, passwordFile: string): Promise<void> {
  if (
    await access(path.join(folder, 'PG_VERSION')).then(
      () => true,
      () => false,
    )
  )
    return checkVersion(folder)
  const making = `${folder}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(making, { mode: 0o700 })
  if (launch.uid !== null) await giveTo(launch.uid, making)
  const readable = `${making}.password`
  await writeFile(readable, await readFile(passwordFile), { mode: 0o600 })
  const args = ['-D', making, '-U', USER, '--auth=scram-sha-256', `--pwfile=${readable}`, '--locale=C', '-E', 'UTF8']
  const output = await open(logFile, 'a', 0o600)
  try {
    const [program, rest] = launch.command(binaries.initdb, args)
    const made = spawn(program, rest, { stdio: ['ignore', output.fd, output.fd], env: minimalEnv() })
    const code = await new Promise<number | null>((resolve, reject) => made.once('error', reject).once('exit', resolve))
    if (code !== 0) throw new StartRefusal(`The database could not be made in ${folder}. ${await lastWords(logFile)}`)
  } finally {
    await output.close()
    await rm(readable, { force: true })
  }
  await rm(folder, { recursive: true, force: true })
  await rename(making, folder)
}

const MAJOR = '18'

async function checkVersion(folder: string): Promise<void> {
  const found = (await readFile(path.join(folder, 'PG_VERSION'), 'utf8')).trim()
  if (found !== MAJOR)
    throw new StartRefusal(
      `The database in ${folder} was made by PostgreSQL ${found} and this is ${MAJOR}. Start the Slipway version that made it, or move the folder away.`,
    )
}

async function startProcess(binaries: Binaries, launch: Launch, place: Place, address: Address): Promise<ChildProcess> {
  const listen = place.sockets
    ? ['listen_addresses=', `unix_socket_directories=${place.sockets}`, 'unix_socket_permissions=0700']
    : ['listen_addresses=127.0.0.1']
  const settings = [...SETTINGS, ...listen, `port=${place.port}`].flatMap((setting) => ['-c', setting])
  const [program, args] = launch.command(binaries.postgres, ['-D', place.folder, ...settings])
  const output = await open(place.logFile, 'a', 0o600)
  // Its own process group: Ctrl-C reaches the server alone, which closes in the right order.
  const child = spawn(program, args, { stdio: ['ignore', output.fd, output.fd], env: minimalEnv(), detached: true })
  let ended: string | null = null
  child.once('error', (thrown) => (ended = thrown.message)).once('exit', (code, signal) => (ended ??= `it ended with ${signal ?? code}`))
  await output.close()
  const late = Date.now() + 5_000
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    if (ended !== null) throw new StartRefusal(`PostgreSQL did not start: ${ended}. ${await lastWords(place.logFile)}`)
    if (await answers(address)) return child
    // Without room for its log it may neither answer nor end.
    if (Date.now() > late && (await lacksRoom(place.folder))) break
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  if (child.pid !== undefined) await stopProcess(child.pid)
  throw new StartRefusal(`PostgreSQL did not answer in time. ${await lastWords(place.logFile)}`)
}

async function answers(address: Address): Promise<boolean> {
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  const line = text
    .trim()
    .split('\n')
    .findLast((candidate) => /FATAL|error:|ERROR|could not|No space/i.test(candidate))
  return line ? `It says: ${line.slice(-300)} (${logFile})` : `See ${logFile}.`
}

/** PostgreSQL listens to many PG… variables; it gets none of ours. */
const minimalEnv = (): NodeJS.ProcessEnv => ({ PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 5432
}
