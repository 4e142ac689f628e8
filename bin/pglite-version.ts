import { readFileSync } from 'node:fs'

/** The version of PGlite that is installed; part of the name of every browser database. */
export function pgliteVersion(): string {
  const file = new URL('../node_modules/@electric-sql/pglite/package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
