import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { versionsDefined } from './versions.ts'

const script = fileURLToPath(new URL('./prebuilt-database.ts', import.meta.url))

/** Stands in the process, not in this module: a build reads its configuration, and with it this file, anew for each of its parts. */
const IS_MADE = Symbol.for('slipway:prebuilt-database')
const marks = globalThis as { [IS_MADE]?: true }

/**
 * Makes `public/pglite/<name>.data` before a build or a dev server starts, and tells the app PGlite's version, which is
 * part of that name, and Slipway's own. A file that is there already is kept.
 */
export function prebuiltDatabase(): Plugin {
  return {
    name: 'slipway:prebuilt-database',
    config() {
      return { define: versionsDefined() }
    },
    buildStart() {
      if (marks[IS_MADE]) return
      marks[IS_MADE] = true
      execFileSync(process.execPath, ['--import', 'tsx', script], { stdio: 'inherit' })
    },
  }
}
