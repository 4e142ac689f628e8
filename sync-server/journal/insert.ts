import type { Queries } from '#server/postgres/pool.ts'
import { sumOf } from './checksum.ts'

/** One update of one room, as bytes nobody here looks into, and what whoever looked says it brings (see `rangesBeside`). */
export type Entry = { room: string; bytes: Uint8Array; author: string; ranges?: Uint8Array | null }

// One statement for any number of updates: their bytes travel as one parameter and are cut apart over there; rooms and
// authors travel once each and are named by their place. An update's ranges follow its bytes, where it has any.
const INSERT = `
  insert into journal_updates (room, bytes, author, at, checksum, origin, ranges)
  select ($2::text[])[room], substring($1::bytea from start + 1 for length), ($3::text[])[author], $8::bigint, sum, $10::int,
    case when behind > 0 then substring($1::bytea from start + length + 1 for behind) end
  from unnest($4::int[], $5::int[], $6::int[], $7::int[], $9::bigint[], $11::int[]) with ordinality
    as given (room, author, start, length, sum, behind, place)
  order by place
  returning seq`

/** Writes the updates of one instance in one statement. Answers their sequence numbers in the same order. */
export async function insertEntries(client: Queries, entries: readonly Entry[], at: number, origin: number): Promise<number[]> {
  const rooms = new Places()
  const authors = new Places()
  const inRoom: number[] = []
  const byAuthor: number[] = []
  const starts: number[] = []
  const lengths: number[] = []
  const sums: number[] = []
  const behind: number[] = []
  const parts: Uint8Array[] = []
  let total = 0
  for (const { room, bytes, author, ranges } of entries) {
    inRoom.push(rooms.of(room))
    byAuthor.push(authors.of(author))
    starts.push(total)
    lengths.push(bytes.length)
    sums.push(sumOf(bytes, ranges))
    behind.push(ranges?.length ?? 0)
    parts.push(bytes)
    total += bytes.length
    if (!ranges) continue
    parts.push(ranges)
    total += ranges.length
  }
  const { rows } = await client.query<[number]>({
    name: 'journal-insert',
    text: INSERT,
    rowMode: 'array',
    values: [
      Buffer.concat(parts, total),
      rooms.all,
      authors.all,
      list(inRoom),
      list(byAuthor),
      list(starts),
      list(lengths),
      at,
      list(sums),
      origin,
      list(behind),
    ],
  })
  return rows.map(([seq]) => seq)
}

/** Numbers as PostgreSQL reads an array: written at once, not one by one as the driver would. */
const list = (numbers: readonly number[]): string => `{${numbers.join(',')}}`

/** Distinct texts and where each stands, counted from one. */
class Places {
  readonly all: string[] = []
  readonly #places = new Map<string, number>()

  of(text: string): number {
    let place = this.#places.get(text)
    if (place === undefined) this.#places.set(text, (place = this.all.push(text)))
    return place
  }
}
