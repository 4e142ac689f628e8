import { storable } from '#domain/core/storable.ts'
import type { Queries } from '#server/postgres/pool.ts'
import { redact } from './redact.ts'

export type LogLine = { seq: number; stream: string; text: string }
type Head = {
  lines: number
  head_lines: number
  bytes: number
  tail_bytes: number
  dropped: number
  carry: Record<string, string>
  done: boolean
}
export type LogPiece = { stream: string; text: string }

/** What is kept of a process's output: this much from its beginning and at least as much from its end. */
const HEAD_BYTES = 1024 * 1024
const TAIL_BYTES = 1024 * 1024
const MAX_LINE = 8 * 1024

/** Makes room for a process's output. */
export async function beginLog(db: Queries, processId: string, turnId: string, projectId: string): Promise<void> {
  await db.query('insert into log_heads (process_id, turn_id, project_id) values ($1, $2, $3) on conflict do nothing', [
    processId,
    turnId,
    projectId,
  ])
}

/**
 * Adds output. Only whole lines are stored, each without the turn's secrets: a secret cut in two by the stream is whole
 * again in its line. The unfinished line waits beside; the last call (`ends`) stores it as it is.
 */
export async function addToLog(
  db: Queries,
  processId: string,
  turnId: string,
  pieces: readonly LogPiece[],
  spelled: readonly string[],
  ends: boolean,
): Promise<void> {
  const { rows } = await db.query<Head>(
    'select lines, head_lines, bytes, tail_bytes, dropped, carry, done from log_heads where process_id = $1 and turn_id = $2 for update',
    [processId, turnId],
  )
  const [head] = rows
  if (!head || head.done) return
  const lines = cutLines(head.carry, pieces, ends).map((line) => ({ stream: line.stream, text: redact(line.text, spelled) }))
  const seqs = lines.map((_, at) => head.lines + at + 1)
  for (const line of lines) {
    const bytes = Buffer.byteLength(line.text)
    if (head.bytes + bytes <= HEAD_BYTES && head.head_lines === head.lines) head.head_lines++
    else head.tail_bytes += bytes
    head.bytes += bytes
    head.lines++
  }
  await db.query('insert into log_lines (process_id, seq, stream, text) select $1, * from unnest($2::bigint[], $3::text[], $4::text[])', [
    processId,
    seqs,
    lines.map((line) => line.stream),
    lines.map((line) => line.text),
  ])
  if (head.tail_bytes > 2 * TAIL_BYTES) await dropOldTail(db, processId, head)
  await db.query('update log_heads set lines = $2, head_lines = $3, bytes = $4, tail_bytes = $5, dropped = $6, carry = $7, done = $8 where process_id = $1', [
    processId, head.lines, head.head_lines, head.bytes, head.tail_bytes, head.dropped, JSON.stringify(head.carry), ends,
  ]) // biome-ignore format: the columns in their order
}

/** Cuts text into lines, keeping each stream's unfinished one in `carry`. */
export function cutLines(carry: Record<string, string>, pieces: readonly LogPiece[], ends: boolean): LogPiece[] {
  const lines: LogPiece[] = []
  for (const { stream, text } of pieces) {
    const parts = ((carry[stream] ?? '') + storable(text)).split('\n')
    carry[stream] = parts.pop() ?? ''
    for (const part of parts) lines.push({ stream, text: shorten(part) })
    // A line without end is shown in pieces; what is held back is longer than any secret.
    while ((carry[stream]?.length ?? 0) > 4 * MAX_LINE) {
      lines.push({ stream, text: (carry[stream] ?? '').slice(0, MAX_LINE) })
      carry[stream] = (carry[stream] ?? '').slice(MAX_LINE)
    }
  }
  if (!ends) return lines
  for (const [stream, text] of Object.entries(carry)) if (text) lines.push({ stream, text: shorten(text) })
  for (const stream of Object.keys(carry)) delete carry[stream]
  return lines
}

function shorten(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.length <= 4 * MAX_LINE ? text : `${text.slice(0, 4 * MAX_LINE)}… (${text.length} characters)`
}

async function dropOldTail(db: Queries, processId: string, head: Head): Promise<void> {
  const { rows } = await db.query<{ count: number; bytes: number }>(
    `with sized as (
       select seq, sum(octet_length(text)) over (order by seq desc) as kept from log_lines where process_id = $1 and seq > $2),
     gone as (delete from log_lines using sized where log_lines.process_id = $1 and log_lines.seq = sized.seq and kept > $3 returning octet_length(text) as bytes)
     select count(*) as count, coalesce(sum(bytes), 0) as bytes from gone`,
    [processId, head.head_lines, TAIL_BYTES],
  )
  head.dropped += rows[0]?.count ?? 0
  head.tail_bytes -= Number(rows[0]?.bytes ?? 0)
}

/** Ends the output of every process of a turn. */
export async function endLogs(db: Queries, turnId: string): Promise<void> {
  await db.query('update log_heads set done = true where turn_id = $1', [turnId])
}

const READ_LINES = 2_000

/** The lines after a sequence number, and whether there will be no more. Where lines were left out a line says so. */
export async function readLog(db: Queries, processId: string, after: number): Promise<{ lines: LogLine[]; done: boolean } | null> {
  const { rows: heads } = await db.query<{ done: boolean; lines: number }>('select done, lines from log_heads where process_id = $1', [
    processId,
  ])
  const [head] = heads
  if (!head) return null
  const { rows } = await db.query<LogLine>(
    'select seq, stream, text from log_lines where process_id = $1 and seq > $2 order by seq limit $3',
    [processId, after, READ_LINES],
  )
  const lines: LogLine[] = []
  let last = after
  for (const line of rows) {
    if (line.seq > last + 1) lines.push({ seq: line.seq - 1, stream: 'agent', text: `… ${line.seq - 1 - last} lines left out …` })
    lines.push(line)
    last = line.seq
  }
  return { lines, done: head.done && rows.length < READ_LINES }
}
