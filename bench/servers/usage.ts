import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { memoryFile } from './memory-file.mjs'

const TICKS_A_SECOND = 100

/** Seconds of processor time a process and all it started have used; NaN on a system without /proc. */
export function cpuSeconds(pid: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN
  return familyOf(pid).reduce((sum, member) => sum + ticks(member) / TICKS_A_SECOND, 0)
}

/**
 * Bytes in use in a server after collecting its garbage: objects, and what they hold outside the heap. Not its resident memory:
 * that grows and shrinks by megabytes with the young generation, whatever the connections do.
 */
export async function memoryInUse(pid: number): Promise<number> {
  for (let again = 0; again < 3; again++) {
    process.kill(pid, 'SIGUSR2')
    await wait(400)
  }
  const file = memoryFile(pid)
  const bytes = Number(readFileSync(file, 'utf8'))
  rmSync(file)
  return bytes
}

function familyOf(pid: number): number[] {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(statOf(Number(name))[1])
    parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
  }
  const family = [pid]
  for (const member of family) family.push(...(parents.get(member) ?? []))
  return family
}

/** User and system time, and those of children already gone. */
const ticks = (pid: number): number =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, value) => sum + Number(value), 0)

/** The fields of /proc/<pid>/stat after the name, which may hold spaces; empty for a process that is gone. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}

/**
 * Waits until a server has done nothing for a while: the only way to know that one without acknowledgements has stored what
 * it was sent, and that one which merges in quiet moments has done so.
 */
export async function settled(pid: number): Promise<void> {
  let before = Number.NaN
  let quiet = 0
  for (let patience = 0; patience < 20 && quiet < 3; patience++) {
    await wait(2_000)
    const now = cpuSeconds(pid)
    quiet = now - before < 0.04 ? quiet + 1 : 0
    before = now
  }
}
