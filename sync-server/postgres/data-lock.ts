import { link, mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { StartRefusal } from '#server/start-refusal.ts'
import { isAlive } from './leftover.ts'

type Holder = { pid: number; born: string }

/**
 * One server a data folder. The lock is a file with the holder's pid and birth time, so that a dead holder's lock is
 * taken and a number used again by another program deceives nobody. Answers a function that lets go.
 */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const file = path.join(folder, 'lock')
  const mine = path.join(folder, `lock.${process.pid}`)
  await writeFile(mine, JSON.stringify({ pid: process.pid, born: await birth(process.pid) } satisfies Holder), { mode: 0o600 })
  try {
    for (;;) {
      if (await linked(mine, file)) break
      const holder = await readHolder(file)
      if (holder && (await lives(holder))) {
        throw new StartRefusal(
          `The data folder ${folder} is already in use by the Slipway server with process id ${holder.pid}. Stop that one first, or set SLIPWAY_DATA to another folder.`,
        )
      }
      await takeAway(folder, file)
    }
  } finally {
    await rm(mine, { force: true })
  }
  return () => rm(file, { force: true })
}

/** Who holds the folder now, or null. */
export async function holderOf(folder: string): Promise<number | null> {
  const holder = await readHolder(path.join(folder, 'lock'))
  return holder && (await lives(holder)) ? holder.pid : null
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw thrown
  }
}

/** Removes a dead holder's lock; the folder `lock.taking` lets only one taker look and remove at a time. */
async function takeAway(folder: string, file: string): Promise<void> {
  const gate = path.join(folder, 'lock.taking')
  try {
    await mkdir(gate)
  } catch {
    const age = await stat(gate).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    )
    if (age > 5_000) await rmdir(gate).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  try {
    const holder = await readHolder(file)
    if (!holder || !(await lives(holder))) await rm(file, { force: true })
  } finally {
    await rmdir(gate).catch(() => undefined)
  }
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

async function lives(holder: Holder): Promise<boolean> {
  return isAlive(holder.pid) && (await birth(holder.pid)) === holder.born
}

/** When the process began, in ticks since boot; empty where the system does not say. */
async function birth(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
