import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inWords, Refusal, say } from './say.mjs'

/** Installs what the lockfile names, unless exactly that is there already. */
export function install(root) {
  const lacking = whatIsLacking(root)
  if (lacking === undefined) return
  say(`Installing the packages (${lacking}) …`)
  const began = Date.now()
  // Whoever sets NODE_ENV=production would install no build tools, and there would be nothing to start.
  const env = { ...process.env, NODE_ENV: 'development' }
  const { status, error, stdout, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  })
  if (error) throw new Refusal(`npm cannot be run (${error.message}). It comes with Node: install Node again, or put npm on the PATH.`)
  if (status !== 0) {
    const words = `${stderr}${stdout}`.split('\n').filter((line) => line.trim() && !/^npm warn/.test(line))
    throw new Refusal(
      `The packages could not be installed. npm says: ${words.slice(0, 6).join(' · ') || `exit code ${status}`}. Check the network, then start again.`,
    )
  }
  say(`Installed in ${inWords(Date.now() - began)}.`)
}

/** Says in a few words why an installation is due, or undefined where none is. */
export function whatIsLacking(root) {
  const locked = readLock(join(root, 'package-lock.json'))
  if (!locked)
    throw new Refusal('package-lock.json is missing or broken. Take it from the repository again: git checkout package-lock.json')
  // npm writes this last, so an installation that was cut off does not count.
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  if (!installed) return 'first start'
  for (const [path, entry] of Object.entries(locked)) {
    if (path === '') continue
    const version = installed[path]?.version
    if (version === undefined ? !(entry.optional || entry.devOptional || entry.dev || entry.peer) : version !== entry.version)
      return 'the lockfile changed'
  }
  return undefined
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
