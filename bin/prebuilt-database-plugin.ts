import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { pgliteVersion, slipwayVersion } from './versions.ts'

const script = fileURLToPath(new URL('./prebuilt-database.ts', import.meta.url))

let isMade = false

/**
 * Makes `public/pglite/<name>.data` before a build or a dev server starts, and tells the app PGlite's version, which is
 * part of that name, and Slipway's own. A file that is there already is kept.
 */
export function prebuiltDatabase(): Plugin {
  return {
    name: 'slipway:prebuilt-database',
    config() {
      return { define: { __PGLITE_VERSION__: JSON.stringify(pgliteVersion()), __SLIPWAY_VERSION__: JSON.stringify(slipwayVersion()) } }
    },
    buildStart() {
      // A build begins once for each of its parts, workers included.
      if (isMade) return
      isMade = true
      execFileSync(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' })
    },
  }
}
