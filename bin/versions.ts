import { readFileSync } from 'node:fs'

/** The version of PGlite that is installed; part of the name of every browser database. */
export const pgliteVersion = (): string => versionIn('../node_modules/@electric-sql/pglite/package.json')

/** The version of this Slipway; a page and a server of different ones say so. */
export const slipwayVersion = (): string => versionIn('../package.json')

/** Both, as a bundler writes them into the app's scripts. */
export const versionsDefined = (): Record<string, string> => ({
  __PGLITE_VERSION__: JSON.stringify(pgliteVersion()),
  __SLIPWAY_VERSION__: JSON.stringify(slipwayVersion()),
})

function versionIn(path: string): string {
  return (JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string }).version
}
