import { spawnSync } from 'node:child_process'
import { Refusal, say } from './say.mjs'

const OLDEST_NODE = [20, 11]
/** The oldest git that merges without a folder of anybody's. */
export const OLDEST_GIT = [2, 38]

/** Refuses a machine that lacks what nothing here can install: a Node new enough, and git. */
export function checkMachine() {
  const node = process.versions.node
  if (isOlder(node, OLDEST_NODE)) {
    throw new Refusal(
      `Slipway needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${node}. Install a current one from https://nodejs.org and try again.`,
    )
  }
  if (isOlder(node, [22, 0])) say(`Note: Node ${node} no longer gets security fixes; Slipway runs on it, and Node 24 is the better choice.`)
  const git = gitVersion()
  if (git === undefined) {
    throw new Refusal(
      'Slipway needs git, and none was found. Install it (Debian: apt install git, macOS: xcode-select --install) and try again.',
    )
  }
  if (isOlder(git, OLDEST_GIT)) {
    throw new Refusal(`Slipway needs git ${OLDEST_GIT.join('.')} or newer, and this is ${git}. Install a newer one and try again.`)
  }
}

/** The version of the git on the path, or undefined where there is none. */
export function gitVersion() {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8' })
  return status === 0 ? versionIn(stdout) : undefined
}

/**
 * The first dotted version in what a program says of itself; `0` where it says none.
 * @param {string} said
 */
export function versionIn(said) {
  return /\d+(\.\d+)+/.exec(said)?.[0] ?? '0'
}

/** True when a dotted version comes before another. */
export function isOlder(version, than) {
  const parts = version.split('.').map(Number)
  for (const [at, least] of than.entries()) {
    const part = parts[at] ?? 0
    if (part !== least) return part < least
  }
  return false
}
