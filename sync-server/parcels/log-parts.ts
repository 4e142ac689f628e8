import { z } from 'zod'
import { storable } from '#domain/core/storable.ts'
import type { Queries } from '#server/postgres/pool.ts'

const number = z.number().int().min(0)
const headLine = z.object({
  processId: z.uuid(),
  turnId: z.uuid(),
  lines: number,
  headLines: number,
  bytes: number,
  tailBytes: number,
  dropped: number,
})
const text = z.string().transform(storable)
const logLine = z.object({ seq: number, stream: text, text })
type LogHead = z.output<typeof headLine>
type LogLine = z.output<typeof logLine>
/** A log as a file of a parcel has it. */
export type PackedLog = { head: LogHead; lines: LogLine[] }

/** The processes of a project that printed something, in the order of their ids. */
export async function processesOf(db: Queries, projectId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>('select process_id as id from log_heads where project_id = $1 order by process_id', [
    projectId,
  ])
  return rows.map(({ id }) => id)
}

/**
 * What a process printed, as a file: a line about it, then its lines, redacted as they are stored. The unfinished line that
 * waits beside them is not: it is not redacted yet.
 */
export async function packLog(db: Queries, processId: string): Promise<Buffer> {
  const { rows: heads } = await db.query<LogHead>(
    `select process_id as "processId", turn_id as "turnId", lines, head_lines as "headLines", bytes, tail_bytes as "tailBytes", dropped
     from log_heads where process_id = $1`,
    [processId],
  )
  const { rows } = await db.query<LogLine>('select seq, stream, text from log_lines where process_id = $1 order by seq', [processId])
  return Buffer.from([...heads, ...rows].map((line) => `${JSON.stringify(line)}\n`).join(''))
}

/** Reads such a file; null for one that is none, or is of another process. */
export function readLogFile(file: Buffer, processId: string): PackedLog | null {
  try {
    const [first = '', ...rest] = file.toString().split('\n').filter(Boolean)
    const head = headLine.parse(JSON.parse(first))
    const lines = rest.map((line) => logLine.parse(JSON.parse(line)))
    return head.processId === processId ? { head, lines } : null
  } catch {
    return null
  }
}

/** Stores a log for a project. False where the process is known here. Run in a transaction. */
export async function storeLog(db: Queries, projectId: string, { head, lines }: PackedLog): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into log_heads (process_id, turn_id, project_id, lines, head_lines, bytes, tail_bytes, dropped, done)
     values ($1, $2, $3, $4, $5, $6, $7, $8, true) on conflict do nothing`,
    [head.processId, head.turnId, projectId, head.lines, head.headLines, head.bytes, head.tailBytes, head.dropped],
  )
  if (rowCount !== 1) return false
  await db.query('insert into log_lines (process_id, seq, stream, text) select $1, * from unnest($2::bigint[], $3::text[], $4::text[])', [
    head.processId,
    lines.map(({ seq }) => seq),
    lines.map(({ stream }) => stream),
    lines.map((line) => line.text),
  ])
  return true
}

/** Removes what was stored for a project that did not come to be. */
export async function forgetLogs(db: Queries, projectId: string): Promise<void> {
  await db.query('delete from log_lines using log_heads where log_lines.process_id = log_heads.process_id and project_id = $1', [projectId])
  await db.query('delete from log_heads where project_id = $1', [projectId])
}
