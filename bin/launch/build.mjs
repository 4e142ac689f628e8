import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { inWords, Refusal, say } from './say.mjs'

/** Everything the built app is made of. */
const SOURCES = [
  'app',
  'domain',
  'public',
  'bin/pglite-version.ts',
  'bin/prebuilt-database.ts',
  'bin/prebuilt-database-plugin.ts',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'remix.config.js',
]
/** What the build writes into its own sources. */
const MADE = ['public/pglite']

/** Builds the app, unless what stands there was built from exactly these sources. */
export function build(root) {
  const marker = join(root, 'build', '.built-from')
  const sources = fingerprint(root)
  if (existsSync(join(root, 'build', 'client', 'index.html')) && read(marker) === sources) return
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

/** One hash over the names and contents of all sources. */
export function fingerprint(root) {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesBelow(root, join(root, source)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(root, path) {
  if (MADE.includes(relative(root, path).replaceAll('\\', '/')) || !existsSync(path)) return []
  const entries = tryReadFolder(path)
  if (!entries) return /\.test\.tsx?$/.test(path) ? [] : [path]
  return entries.sort().flatMap((name) => filesBelow(root, join(path, name)))
}

function tryReadFolder(path) {
  try {
    return readdirSync(path)
  } catch {
    return undefined
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
