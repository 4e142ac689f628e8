import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 5_000
const STEP_MS = 50

/** The variable by which every process of one command is known, however often it forks or leaves its group. */
export const TAG = 'SLIPWAY_COMMAND'

/** Pids of processes that carry this tag in their environment. On systems without /proc there are none to find. */
export async function taggedPids(tag: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const needle = `${TAG}=${tag}`
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
        return environment.split('\0').includes(needle) ? Number(name) : undefined
      }),
  )
  return found.filter((pid): pid is number => pid !== undefined && pid !== process.pid)
}

/**
 * PROCESS-2: ends a command and everything it started: the group and every tagged process get TERM, after 5 seconds KILL,
 * again and again until none is left.
 */
export async function killTree(group: number | undefined, tag: string, patienceMs = PATIENCE_MS): Promise<void> {
  const started = performance.now()
  let force = false
  for (let round = 0; round < 400; round++) {
    const pids = await taggedPids(tag)
    const groupAlive = group !== undefined && send(-group, 0)
    if (pids.length === 0 && !groupAlive) return
    const wasForced: boolean = force
    force = performance.now() - started >= patienceMs
    if (round === 0 || force !== wasForced || force) {
      const name = force ? 'SIGKILL' : 'SIGTERM'
      if (groupAlive && group !== undefined) send(-group, name)
      for (const pid of pids) send(pid, name)
    }
    // Looking at every process costs something: soon again at first, then less often.
    await sleep(Math.min(250, STEP_MS * (round + 1)))
  }
}

function send(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}
