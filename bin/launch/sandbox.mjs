import { spawnSync } from 'node:child_process'
import { installFromDebian } from './debian.mjs'
import { say } from './say.mjs'

/** Installs bubblewrap where it is missing and may be installed; without it the tests of the sandbox are skipped, and nothing fails. */
export function wishForSandbox() {
  if (process.platform !== 'linux' || hasBubblewrap()) return
  installFromDebian('bubblewrap')
  if (!hasBubblewrap()) say('There is no bubblewrap here: the tests of the sandbox are skipped (Debian: apt install bubblewrap).')
}

const hasBubblewrap = () => spawnSync('bwrap', ['--version']).status === 0
