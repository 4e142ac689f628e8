import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyRows } from './copy-rows.ts'
import { openTestDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.drop())

/** All rows, their bytes copied: they are lent only. */
async function rowsOf(query: string): Promise<(Buffer | null)[][]> {
  const rows: (Buffer | null)[][] = []
  await copyRows(database.db, query, (row) => rows.push(row.map((value) => value && Buffer.from(value))))
  return rows
}

describe('reading rows as bytes', () => {
  it('COPY-1 every byte value, nothing, null and megabytes come as they are', async () => {
    const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at))
    const given = [all, Buffer.alloc(0), null, randomBytes(1), randomBytes(65_535), randomBytes(5_000_000), all]
    await database.db.query('create table given (place int, bytes bytea)')
    for (const [place, value] of given.entries()) await database.db.query('insert into given values ($1, $2)', [place, value])
    const rows = await rowsOf('select place, bytes from given order by place')
    expect(rows.map(([place]) => place?.readInt32BE())).toEqual(given.map((_, place) => place))
    for (const [place, value] of given.entries()) {
      const read = rows[place]?.[1] ?? null
      expect(value ? read?.equals(value) : read, `row ${place}`).toBe(value ? true : null)
    }
  })

  it('COPY-2 no rows are no rows', async () => {
    expect(await rowsOf('select 1 where false')).toEqual([])
  })

  it('COPY-3 what goes wrong on either side is thrown, and the connections go on', async () => {
    await expect(rowsOf('select nothing from nowhere')).rejects.toThrow(/does not exist/)
    await expect(rowsOf('select 1 / (3 - n) from generate_series(1, 5) as n')).rejects.toThrow(/division by zero/)
    const failing = copyRows(database.db, 'select n from generate_series(1, 100000) as n', () => {
      throw new Error('no more')
    })
    await expect(failing).rejects.toThrow('no more')
    expect(await rowsOf("select 'x'::bytea")).toEqual([[Buffer.from('x')]])
    const cut = rowsOf('select n, pg_terminate_backend(pg_backend_pid()) from generate_series(1, 3) as n')
    await expect(cut).rejects.toThrow(/terminat/)
    expect(database.db.waitingCount).toBe(0)
  })
})
