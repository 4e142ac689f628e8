import { execFile } from 'node:child_process'
import { chown, lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { StartRefusal } from '#server/start-refusal.ts'

const run = promisify(execFile)

/** How to start a program of PostgreSQL, which refuses to run as root. `uid` is who must own its files, seen from here. */
export type Launch = { command: (program: string, args: readonly string[]) => [string, string[]]; uid: number | null }

const NOBODY = 65_534

/**
 * As an ordinary user: plainly. As root: in a user namespace where root looks like a user of another number (files stay
 * root's, so a folder below a 0700 home works); where namespaces are forbidden, as `nobody` with the one capability to
 * walk through closed folders. A user whom the machine has no name for (a container started with a bare number) borrows
 * one the same way, because initdb insists on a name. On Linux the program is also told to shut down when we die.
 */
export async function findLaunch(): Promise<Launch> {
  const uid = process.getuid?.() ?? -1
  const named = uid < 0 ? [] : await namedUsers()
  const isOrdinary = uid !== 0 && (uid < 0 || process.platform !== 'linux' || named.includes(uid))
  const borrowed = named.includes(NOBODY) ? NOBODY : (named.find((other) => other !== 0) ?? NOBODY)
  const namespace = ['unshare', '--user', `--map-user=${borrowed}`, '--']
  const [canDieWithUs, canBorrow] = await Promise.all([
    works('setpriv', ['--pdeathsig', 'INT', 'true']),
    isOrdinary ? false : works('unshare', [...namespace.slice(1), 'true']),
  ])
  const dieWithUs = canDieWithUs ? ['setpriv', '--pdeathsig', 'INT'] : []
  if (isOrdinary) return { command: prefixed(dieWithUs), uid: null }
  if (canBorrow) return { command: prefixed([...namespace, ...dieWithUs]), uid: uid === 0 ? 0 : null }
  if (uid !== 0) return { command: prefixed(dieWithUs), uid: null }
  const asNobody = [
    `--reuid=${borrowed}`,
    `--regid=${borrowed}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ]
  if (await works('setpriv', [...asNobody, 'true']))
    return { command: prefixed(['setpriv', ...asNobody, '--pdeathsig', 'INT']), uid: borrowed }
  throw new StartRefusal(
    'PostgreSQL refuses to run as root, and neither unshare nor setpriv can lend it another user here. Start Slipway as an ordinary user, or set DATABASE_URL.',
  )
}

/** The numbers of the users this machine has names for. */
async function namedUsers(): Promise<number[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => (line.includes(':') ? [Number(line.split(':')[2])] : []))
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
