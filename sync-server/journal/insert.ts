import type { Queries } from '#server/postgres/pool.ts'
import { checksum } from './checksum.ts'

/** One update of one room, as bytes nobody here looks into. */
export type Entry = { room: string; bytes: Uint8Array; author: string }

// One statement for any number of updates: their bytes travel as one parameter and are cut apart over there.
const INSERT = `
  insert into journal_updates (room, bytes, author, at, checksum)
  select room, substring($1::bytea from start + 1 for length), author, $7::bigint, sum
  from unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::bigint[]) with ordinality as given (room, start, length, author, sum, place)
  order by place
  returning seq`

/** Writes the updates in one statement. Answers their sequence numbers in the same order. */
export async function insertEntries(client: Queries, entries: readonly Entry[], at: number): Promise<number[]> {
  const starts: number[] = []
  let total = 0
  for (const { bytes } of entries) {
    starts.push(total)
    total += bytes.length
  }
  const { rows } = await client.query<[number]>({
    name: 'journal-insert',
    text: INSERT,
    rowMode: 'array',
    values: [
      Buffer.concat(entries.map((entry) => entry.bytes), total),
      entries.map((entry) => entry.room),
      starts,
      entries.map((entry) => entry.bytes.length),
      entries.map((entry) => entry.author),
      entries.map((entry) => checksum(entry.bytes)),
      at,
    ],
  })
  return rows.map(([seq]) => seq)
}
