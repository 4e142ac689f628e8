import { projectionVersion } from './collections.ts'

/** How a browser keeps the directory (`app/replica/tables/change-file.ts`); 1 was a file of its own for each of PostgreSQL's. */
const FORMAT = 2

/**
 * Names a browser's database directory: one of another PGlite version cannot be opened, one of another table shape is of
 * no use, nor one kept in another format; each gets a new name and is built anew from the update log.
 */
export const databaseName = (pgliteVersion: string): string => `pg-${pgliteVersion}-${projectionVersion}-${FORMAT}`
