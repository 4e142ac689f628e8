import { z } from 'zod'

/** One file of a change with git's own counts; both are null for a binary file. */
export const fileChange = z.object({ path: z.string(), added: z.number().nullable(), removed: z.number().nullable() })
export type FileChange = z.output<typeof fileChange>
