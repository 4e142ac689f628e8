import { copyFileSync, cpSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { builtinModules, createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { ROOT } from '#launch/root.mjs'
import { versionsDefined } from '../../bin/versions.ts'

const PAGE = join(ROOT, 'tests/replica/page')
/** What PGlite looks for beside its own script. */
const PGLITE_FILES = ['pglite.wasm', 'pglite.data', 'initdb.wasm']

/**
 * Builds the test page into a folder of its own and answers where it is: the replica alone, without the product's pages. By
 * esbuild, as the product's own build takes fifteen seconds of processor time for it; stories try what that makes.
 */
export async function buildPage(outDir: string): Promise<string> {
  // Makes the database that a browser begins with, where it is missing.
  await import('../../bin/prebuilt-database.ts')
  await build({
    absWorkingDir: ROOT,
    entryPoints: [join(PAGE, 'page.tsx'), 'app/replica/replica.worker.ts', 'app/replica/tables/tables.worker.ts'],
    entryNames: '[name]',
    outdir: outDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    // PGlite asks for these where it runs in Node.
    external: builtinModules.flatMap((name) => [name, `node:${name}`]),
    define: { 'process.env.NODE_ENV': '"production"', ...versionsDefined() },
    plugins: [workersBeside],
    logLevel: 'error',
  })
  const pglite = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'))
  for (const file of PGLITE_FILES) copyFileSync(join(pglite, file), join(outDir, file))
  cpSync(join(ROOT, 'public'), outDir, { recursive: true })
  copyFileSync(join(PAGE, 'index.html'), join(outDir, 'index.html'))
  return outDir
}

/** A worker is named by its source, and lies beside whoever starts it when it is built. */
const workersBeside: Plugin = {
  name: 'workers-beside',
  setup({ onLoad }) {
    onLoad({ filter: /\/app\/replica\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return {
        loader: 'ts',
        contents: source.replace(/new URL\('[./]+(\w+\.worker)\.ts', import\.meta\.url\)/, "new URL('./$1.js', import.meta.url)"),
      }
    })
  },
}
