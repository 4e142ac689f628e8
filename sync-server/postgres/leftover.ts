import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * A server that was killed leaves its PostgreSQL running, or a `postmaster.pid` of one that is dead. Stops the first and
 * removes the second, so that there are never two on one folder.
 */
export async function clearLeftover(folder: string): Promise<void> {
  const pidFile = path.join(folder, 'postmaster.pid')
  const pid = await readPid(pidFile)
  if (pid === null) return
  if (await isPostgresOf(pid, folder)) await stopProcess(pid)
  // The number may by now be another program's; PostgreSQL would take that one for itself and refuse to start.
  await rm(pidFile, { force: true })
}

async function readPid(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  return Number.isSafeInteger(pid) && pid > 1 ? pid : null
}

async function isPostgresOf(pid: number, folder: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  if (process.platform !== 'linux') return true
  const [cwd, wanted] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => ''), realpath(folder)])
  return cwd === wanted
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

/** True while a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
