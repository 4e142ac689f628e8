import { projectionVersion } from './collections.ts'

/**
 * Names a browser's database directory: one of another PGlite version cannot be opened, one of another table shape is of
 * no use, so either gets a new name and is built anew from the update log.
 */
export const databaseName = (pgliteVersion: string): string => `pg-${pgliteVersion}-${projectionVersion}`
