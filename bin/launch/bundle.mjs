import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { inWords, Refusal, say } from './say.mjs'

/** Every file that Node is told to run, by the name of its bundle. A thread's bundle is named as its file: `start-thread.ts`. */
const ENTRIES = {
  server: 'sync-server/main.ts',
  'merge-thread': 'sync-server/journal/merge-thread.ts',
  'large-update-thread': 'sync-server/rooms/large-update-thread.ts',
  'document-thread': 'sync-server/documents/document-thread.ts',
  'names-thread': 'sync-server/blobs/names-thread.ts',
  runner: 'runner/main.ts',
  'lease-thread': 'runner/turns/lease-thread.ts',
  token: 'sync-server/token.ts',
  seed: 'bin/seed.ts',
}
/** What the bundles are made of. */
const SOURCES = [
  'sync-server',
  'runner',
  'domain',
  'bin/launch',
  'bin/seed.ts',
  'bin/room-client.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
/** Left in node_modules: natives nobody has to have, and what reads files beside itself or is needed from sources only. */
const OUTSIDE = ['pg-native', 'bufferutil', 'utf-8-validate', '@commitlint/*', 'conventional-*', 'tsx']
const KEPT = 5
const LEFT_FOR_GOOD_MS = 3_600_000

/**
 * Bundles everything Node runs, packages included, unless that was done from exactly these sources. Answers the folder: it
 * is named after its sources and moved into place whole, so that many may ask at once, and what runs keeps its own.
 */
export function bundle(root) {
  const all = join(root, 'build', 'node')
  const folder = join(all, fingerprint(root, SOURCES).slice(0, 16))
  if (isThere(folder)) {
    utimesSync(folder, new Date(), new Date())
    return folder
  }
  say('Bundling server and runner …')
  const began = Date.now()
  const making = join(all, `making-${process.pid}-${began}`)
  mkdirSync(making, { recursive: true })
  try {
    write(root, making)
    moveTo(folder, making)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  forgetOld(all)
  say(`Bundled in ${inWords(Date.now() - began)}.`)
  return folder
}

/** What Node is told to run one of them: with the lines of the sources in stack traces, which costs some 30 ms. */
export function nodeArgs(bundles, name) {
  return ['--enable-source-maps', join(bundles, `${name}.js`)]
}

/** True when the bundles stand there as the sources are. */
export function isBundled(root) {
  return isThere(join(root, 'build', 'node', fingerprint(root, SOURCES).slice(0, 16)))
}

function write(root, outdir) {
  // Asked for only now: on a fresh clone it is not there when this file is read.
  const { buildSync } = createRequire(import.meta.url)('esbuild')
  const { metafile } = tryBuild(() =>
    buildSync({
      absWorkingDir: root,
      entryPoints: ENTRIES,
      outdir,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.11',
      external: OUTSIDE,
      // Packages in the older module format ask for Node's own modules by `require`.
      banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
      sourcemap: true,
      sourcesContent: false,
      // Two megabytes are read at every start; without what is there for people it takes a tenth less.
      minifyWhitespace: true,
      logLevel: 'silent',
      metafile: true,
    }),
  )
  // Two copies of Yjs do not know each other's documents.
  const copies = Object.keys(metafile.inputs).filter((file) => /(^|\/)node_modules\/yjs\//.test(file))
  if (copies.length > 1) throw new Refusal(`Yjs would be loaded more than once: ${copies.join(', ')}. Let one package.json ask for it.`)
}

function tryBuild(build) {
  try {
    return build()
  } catch (thrown) {
    throw new Refusal(`Server and runner could not be bundled: ${thrown.message} If the checkout was changed, git status shows how.`)
  }
}

/** Somebody else may have made the same folder meanwhile; then theirs stands. */
function moveTo(folder, making) {
  try {
    renameSync(making, folder)
  } catch (thrown) {
    if (!isThere(folder)) throw thrown
  }
}

/** Keeps the few that were used last: one of them may be running. Somebody else's unfinished one goes only when it was left for good. */
function forgetOld(all) {
  const byUse = readdirSync(all)
    .map((name) => ({ name, path: join(all, name), used: statSync(join(all, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.used - one.used)
  const isUnfinished = ({ name }) => name.startsWith('making-')
  const old = byUse.filter((one) => !isUnfinished(one)).slice(KEPT)
  const left = byUse.filter((one) => isUnfinished(one) && Date.now() - one.used > LEFT_FOR_GOOD_MS)
  for (const { path } of [...old, ...left]) rmSync(path, { recursive: true, force: true })
}

function isThere(folder) {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false
}
