import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Address, addressUrl } from '#server/postgres/address.ts'
import { openTestDatabase, type TestDatabase } from '#server/postgres/test-database.ts'
import { askDatabase } from './ask-database.mjs'

const SECRET = randomBytes(12).toString('hex')
let house: TestDatabase
const url = (as: Partial<Address> = {}): string => addressUrl({ ...house.address, ...as })

beforeAll(async () => {
  house = await openTestDatabase()
})
afterAll(() => house.drop())

it('X8 a database that answers and whose user may make tables is good', async () => {
  expect(await askDatabase(url())).toEqual(['good', expect.stringMatching(/answers \(PostgreSQL \d+\), and its user may make tables/)])
})

it('X8 a user who may make no tables is told what to grant', async () => {
  const user = `reader_${randomBytes(4).toString('hex')}`
  await house.db.query(`create role ${user} login password '${SECRET}'`)
  expect(await askDatabase(url({ user, password: SECRET }))).toEqual(['BAD ', expect.stringContaining('grant it CREATE on the schema')])
})

it('X8 one that is not there, or refuses, is said with the reason and without the password', async () => {
  const [verdict, sentence] = await askDatabase(url({ database: 'nowhere', password: SECRET }))
  expect([verdict, sentence]).toEqual(['BAD ', expect.stringMatching(/cannot be reached \(.*(nowhere|password).*\)/)])
  expect(sentence).not.toContain(SECRET)
  const [, words] = await askDatabase(`postgresql://slipway:${SECRET}@127.0.0.1:1/slipway`)
  expect(words).toMatch(/cannot be reached \(.*ECONNREFUSED.*\)/)
  expect(words).not.toContain(SECRET)
})

it('X8 what is no address is refused, not thrown', async () => {
  expect(await askDatabase('my database')).toEqual(['BAD ', expect.stringContaining('cannot be reached')])
})
