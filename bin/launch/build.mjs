import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { inWords, Refusal, say } from './say.mjs'

/** Everything the built app is made of. */
const SOURCES = [
  'app',
  'domain',
  'public',
  'bin/chunks.ts',
  'bin/versions.ts',
  'bin/prebuilt-database.ts',
  'bin/prebuilt-database-plugin.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'remix.config.js',
]
/** What the build writes into its own sources. */
const MADE = ['public/pglite']

/** Builds the app, unless what stands there was built from exactly these sources. */
export function build(root) {
  const marker = markerOf(root)
  const sources = fingerprint(root, SOURCES, MADE)
  if (isBuiltFrom(root, sources)) return
  say('Building the app …')
  const began = Date.now()
  rmSync(marker, { force: true })
  const remix = join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js')
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [remix, 'vite:build'], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`)
    throw new Refusal('The app could not be built; the lines above say why. If the checkout was changed, git status shows how.')
  }
  mkdirSync(join(root, 'build'), { recursive: true })
  writeFileSync(marker, sources)
  say(`Built in ${inWords(Date.now() - began)}.`)
}

/** True when the built app stands there as the sources are. */
export function isBuilt(root) {
  return isBuiltFrom(root, fingerprint(root, SOURCES, MADE))
}

const markerOf = (root) => join(root, 'build', '.built-from')

function isBuiltFrom(root, sources) {
  return existsSync(join(root, 'build', 'client', 'index.html')) && read(markerOf(root)) === sources
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
