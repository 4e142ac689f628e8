import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { say } from './say.mjs'

let hasLists

/** Installs a package from Debian where we may (as root, on Debian or Ubuntu, with a network); answers whether that worked. */
export function installFromDebian(name) {
  if (process.getuid?.() !== 0 || !isDebian()) return false
  say(`Installing ${name} from Debian …`)
  hasLists ??= apt('update', '-qq')
  return hasLists && apt('install', '-y', '-qq', '--no-install-recommends', name)
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
}

function isDebian() {
  try {
    return /debian|ubuntu/.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
