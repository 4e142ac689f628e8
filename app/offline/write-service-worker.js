import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Too big to hold back the first visit, and fetched by the workers that need them: the database, and the grammars of differences. */
const ENGINE = /\.(wasm|data|gz)$|(^|\/)grammar-/
/** Neither needed to start nor worth a visitor's disk. */
const LEFT_OUT = /\.(map|txt|png)$|^(service-worker\.js|\.vite\/)/

/**
 * Writes `build/client/service-worker.js` after a build: the worker's source with the list of the files it keeps, and a
 * version that changes when any of them does.
 * @param {string} root
 */
export function writeServiceWorker(root) {
  const client = join(root, 'build', 'client')
  const files = filesIn(client)
    .map((file) => relative(client, file).split(sep).join('/'))
    .filter((file) => !LEFT_OUT.test(file))
    .sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file)
      .update('\n')
      .update(readFileSync(join(client, file)))
  const kept = {
    version: hash.digest('hex').slice(0, 16),
    shell: files.filter((file) => !ENGINE.test(file)).map((file) => `/${file}`),
    engine: files.filter((file) => ENGINE.test(file)).map((file) => `/${file}`),
  }
  const source = readFileSync(join(root, 'app', 'offline', 'service-worker.js'), 'utf8')
  writeFileSync(join(client, 'service-worker.js'), `const KEPT = ${JSON.stringify(kept)}\n${source}`)
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}
