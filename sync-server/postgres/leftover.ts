import { readFileSync } from 'node:fs'
import { access, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import path from 'node:path'

/** How long a process that was killed may take to be gone: it may be waiting for its disk, or for a turn on a busy machine. */
const DYING_MS = 10_000

/**
 * A server that was killed leaves its PostgreSQL running, or parts of one whose head is dead, or a `postmaster.pid` and beside its
 * socket a lock that names it. Stops the first and the second and removes the others, so that there are never two on one folder.
 */
export async function clearLeftover(folder: string, sockets: string | null): Promise<void> {
  const pidFile = path.join(folder, 'postmaster.pid')
  const pid = await readPid(pidFile)
  if (pid !== null && (await isPostgresOf(pid, folder))) await stopProcess(pid)
  await Promise.all((await orphansOf(folder)).map(endProcess))
  // The number may by now be another program's, or that of a dead one nobody has buried yet; PostgreSQL would take it for a
  // living PostgreSQL and refuse to start. The folder of sockets is this cluster's alone.
  const locks = sockets === null ? [] : (await readdir(sockets)).filter((name) => name.startsWith('.s.PGSQL.'))
  await Promise.all([pidFile, ...locks.map((name) => path.join(sockets ?? '', name))].map((file) => rm(file, { force: true })))
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null
}

async function isPostgresOf(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  return (await cwdOf(pid)) === (await realpath(folder))
}

/**
 * Processes of a PostgreSQL whose head is dead: they end by themselves, in their time. PostgreSQL does not start beside one that has
 * its memory still.
 */
async function orphansOf(folder: string): Promise<number[]> {
  if (process.platform !== 'linux' || !(await isThere(folder))) return []
  const wanted = await realpath(folder)
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1)
  const are = await Promise.all(pids.map(async (pid) => (await cwdOf(pid)) === wanted && (await programOf(pid)) === 'postgres'))
  return pids.filter((_pid, at) => are[at])
}

const isThere = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    () => false,
  )

const cwdOf = (pid: number): Promise<string> => readlink(`/proc/${pid}/cwd`).catch(() => '')

const programOf = async (pid: number): Promise<string> => path.basename(await readlink(`/proc/${pid}/exe`).catch(() => ''))

async function endProcess(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGKILL')
    await isGone(pid, DYING_MS)
  } catch {
    // It is gone.
  }
}

/** Asks a PostgreSQL to close its connections and stop (SIGINT), then to drop everything (SIGQUIT), then kills it. */
export async function stopProcess(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 6_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await isGone(pid, patience)) return
  }
}

async function isGone(pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    if (!isAlive(pid)) return true
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return !isAlive(pid)
}

/** True while a process of this number lives. One that is dead and has not been buried (some containers never do) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return false
  }
}
