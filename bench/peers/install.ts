import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const FOLDER = import.meta.dirname

/**
 * Installs the peers where the product's own packages are not: in `bench/peers/node_modules`. Does nothing when the
 * versions asked for are there already. Their install scripts don't run; none of them needs one.
 */
export function installPeers(say: (sentence: string) => void): void {
  const wanted = JSON.parse(readFileSync(path.join(FOLDER, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  if (Object.entries(wanted.dependencies).every(([name, version]) => installed(name) === version)) return
  say('installing the peers into bench/peers/node_modules …')
  const npm = spawnSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
    cwd: FOLDER,
    encoding: 'utf8',
  })
  if (npm.status !== 0)
    throw new Error(
      `The peers could not be installed: ${npm.stderr.trim().split('\n').at(-1) ?? 'npm failed'}. The bench needs a network once; without it, run it with --only and rows that need no peer.`,
    )
}

/** The version installed here, or undefined. */
export function installed(name: string): string | undefined {
  const file = path.join(FOLDER, 'node_modules', name, 'package.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : undefined
}
