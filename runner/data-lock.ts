import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * RUNNER-1: one runner per data folder. Answers a way to let go, or the pid of the runner that has it. A lock whose
 * process is gone is taken over.
 */
export async function lockData(data: string): Promise<{ ok: true; letGo: () => Promise<void> } | { ok: false; pid: number }> {
  await mkdir(data, { recursive: true, mode: 0o700 })
  const file = join(data, 'runner.lock')
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${process.pid} ${await birthOf(process.pid)}`)
      await handle.close()
      return { ok: true, letGo: () => rm(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [pid = '0', birth = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ')
      // A pid is given away again after a crash: only one born at the same moment is the same process.
      if (Number(pid) > 0 && isAlive(Number(pid)) && (await birthOf(Number(pid))) === birth) return { ok: false, pid: Number(pid) }
      await rm(file, { force: true })
    }
  }
  return { ok: false, pid: 0 }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began, in the kernel's own count; empty where there is no /proc. */
async function birthOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
