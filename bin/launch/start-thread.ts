import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { ROOT } from './root.mjs'

/** Starts a worker thread from a source file of the repository (`sync-server/journal/merge-thread.ts`), or from its bundle. */
export function startThread(file: string, options: WorkerOptions = {}): Worker {
  // A thread would take over what the process was started with: the launcher's leash, tsx.
  if (isSource) return new Worker(bootstrap(pathToFileURL(join(ROOT, file)).href), { ...options, execArgv: [], eval: true })
  // All bundles lie side by side, this code among them.
  return new Worker(new URL(`./${basename(file, '.ts')}.js`, import.meta.url), { ...options, execArgv: ['--enable-source-maps'] })
}

const isSource = import.meta.url.endsWith('.ts')

/** What a thread from a source runs first: on Node 20 `--import tsx` does not reach into threads, so each registers tsx itself. */
function bootstrap(file: string): string {
  // The path of its `import` condition; require.resolve would answer the CommonJS one.
  const folder = dirname(createRequire(import.meta.url).resolve('tsx/package.json'))
  const tsx = pathToFileURL(join(folder, 'dist', 'esm', 'api', 'index.mjs')).href
  return `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}) })`
}
