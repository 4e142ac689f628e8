import { execFile } from 'node:child_process'
import { chown, lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartRefusal } from '#server/start-refusal.ts'

const run = promisify(execFile)

/** How to start a program of PostgreSQL, which refuses to run as root. `uid` is who must own its files, seen from here. */
export type Launch = { command: (program: string, args: readonly string[]) => [string, string[]]; uid: number | null }

const NOBODY = 65_534

/**
 * As an ordinary user: plainly. As root: in a user namespace where root looks like user 1000 (files stay root's, so a
 * folder below a 0700 home works); where namespaces are forbidden, as `nobody` with the one capability to walk through
 * closed folders. On Linux the program is also told to shut down when this process dies.
 */
export async function findLaunch(): Promise<Launch> {
  const dieWithUs = (await works('setpriv', ['--pdeathsig', 'INT', 'true'])) ? ['setpriv', '--pdeathsig', 'INT'] : []
  if (process.getuid?.() !== 0) return { command: prefixed(dieWithUs), uid: null }
  const namespace = ['unshare', '--user', '--map-user=1000', '--']
  if (await works('unshare', [...namespace.slice(1), 'true'])) return { command: prefixed([...namespace, ...dieWithUs]), uid: 0 }
  const asNobody = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  if (await works('setpriv', [...asNobody, 'true'])) return { command: prefixed(['setpriv', ...asNobody, '--pdeathsig', 'INT']), uid: NOBODY }
  throw new StartRefusal(
    'PostgreSQL refuses to run as root, and neither unshare nor setpriv can lend it another user here. Start Slipway as an ordinary user, or set DATABASE_URL.',
  )
}

function prefixed(prefix: readonly string[]): Launch['command'] {
  return (program, args) => {
    const [first, ...rest] = [...prefix, program, ...args]
    return [first ?? program, rest]
  }
}

async function works(program: string, args: readonly string[]): Promise<boolean> {
  try {
    await run(program, [...args])
    return true
  } catch {
    return false
  }
}

/** Gives a folder and all in it to the user PostgreSQL runs as, where somebody else owned it (a start under another user). */
export async function giveTo(uid: number | null, folder: string): Promise<void> {
  if (uid === null || (await lstat(folder)).uid === uid) return
  for (const entry of await readdir(folder, { recursive: true })) await chown(path.join(folder, entry), uid, uid)
  await chown(folder, uid, uid)
}
