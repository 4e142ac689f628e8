import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { Prepared } from './prepared.ts'

let db: PGlite
let prepared: Prepared
beforeAll(async () => {
  db = await openTables()
})
afterAll(() => db.close())
beforeEach(async () => {
  await db.exec('drop table if exists notes; create table notes (id text primary key, n double precision, words text, more jsonb)')
  prepared = new Prepared(db)
  await db.exec('deallocate all')
})

const ADD = 'insert into notes (id, n, words, more) values ($1, $2, $3, $4::jsonb)'
const ids = async (): Promise<unknown[]> => (await db.query<{ id: string }>('select id from notes order by id')).rows.map(({ id }) => id)

it('REPLICA-5 whatever people write is written as it is, and nothing of it runs', async () => {
  const words = [`'); drop table notes; --`, `\\'; drop table notes; --`, "''", '\\', '$1 $$ $a$', 'é 🚢\n\t\r', "E'\\x00'", '']
  await prepared.run(words.map((text, at) => ({ sql: ADD, parameters: [`${at}`, '-1.5', text, JSON.stringify({ text })] })))
  const { rows } = await db.query('select id, n, words, more from notes order by id')
  expect(rows).toEqual(words.map((text, at) => ({ id: `${at}`, n: -1.5, words: text, more: { text } })))
})

it.each([
  ['small', 'words'],
  ['so large that they go in several messages', 'w'.repeat(600_000)],
])('REPLICA-5 of statements that are %s all take effect or none, and the next ones do', async (_, words) => {
  const add = (id: string) => ({ sql: ADD, parameters: [id, '1', words, '{}'] })
  await prepared.run([add('a'), add('b')])
  await expect(prepared.run([add('c'), add('d'), add('a')])).rejects.toThrow('duplicate key')
  expect(await ids()).toEqual(['a', 'b'])
  await expect(prepared.run([add('c'), { sql: 'no sql', parameters: [] }])).rejects.toThrow('syntax error')
  await prepared.run([])
  await prepared.run([add('c')])
  expect(await ids()).toEqual(['a', 'b', 'c'])
})
