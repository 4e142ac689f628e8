import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inWords, Refusal, say } from './say.mjs'

/** Installs what the lockfile names, unless exactly that is there already. */
export function install(root) {
  const lacking = whatIsLacking(root)
  if (lacking === undefined) return
  say(`Installing the packages (${lacking}) …`)
  const began = Date.now()
  const { status, stdout, stderr } = installByAddress(root) ?? npm(root, CLEAN_INSTALL)
  if (status !== 0) {
    const words = `${stderr}${stdout}`.split('\n').filter((line) => line.trim() && !/^npm warn/.test(line))
    throw new Refusal(
      `The packages could not be installed. npm says: ${words.slice(0, 6).join(' · ') || `exit code ${status}`}. Check the network, then start again.`,
    )
  }
  say(`Installed in ${inWords(Date.now() - began)}.`)
}

const CLEAN_INSTALL = ['ci', '--no-audit', '--no-fund', '--loglevel=error']

/**
 * The lockfile names no registry, so npm would first ask for every version of each package to learn where this one is: a
 * quarter of the time. Nearly all registries have them at the same addresses: a lockfile with those is installed from beside
 * the checkout, and what came of it is moved here whole. Answers how npm ended, or null where it has to be done the long way.
 */
function installByAddress(root) {
  const beside = join(root, 'build', 'installing')
  const files = ['package.json', '.npmrc'].filter((file) => existsSync(join(root, file)))
  const registry = npm(root, ['config', 'get', 'registry']).stdout.trim()
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  for (const [path, entry] of Object.entries(lock.packages)) if (path) entry.resolved ??= addressIn(registry, path, entry)
  try {
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { recursive: true })
    for (const file of files) copyFileSync(join(root, file), join(beside, file))
    writeFileSync(join(beside, 'package-lock.json'), JSON.stringify(lock))
    const ended = npm(beside, CLEAN_INSTALL)
    // Not there, or not for everybody: what a registry answers where it has nothing.
    if (ended.status !== 0) return /\bE4\d\d\b/.test(ended.stderr) ? null : ended
    rmSync(join(root, 'node_modules'), { recursive: true, force: true })
    renameSync(join(beside, 'node_modules'), join(root, 'node_modules'))
    return ended
  } catch (thrown) {
    // A checkout whose folders are mounted: nothing can be moved there.
    if (thrown instanceof Refusal) throw thrown
    return null
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

/** Where a registry has a locked package, by its path in the lockfile. */
function addressIn(registry, path, { name = path.slice(path.lastIndexOf('node_modules/') + 13), version }) {
  return `${registry.replace(/\/$/, '')}/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
}

function npm(cwd, args) {
  // Whoever sets NODE_ENV=production would install no build tools, and there would be nothing to start.
  const env = { ...process.env, NODE_ENV: 'development' }
  const ended = spawnSync('npm', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 26, shell: process.platform === 'win32' })
  if (ended.error)
    throw new Refusal(`npm cannot be run (${ended.error.message}). It comes with Node: install Node again, or put npm on the PATH.`)
  return ended
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
