import { expect, it } from 'vitest'
import { type Db, inTransaction, warmPool } from './pool.ts'
import { openTestDatabase } from './test-database.ts'

it('STORE-1 a pool that cannot be warmed gives back the connections it got: a start that fails must end, not wait for them', async () => {
  let asked = 0
  let released = 0
  const connect = async () => {
    if (++asked === 3) throw new Error('the database has ended')
    return { release: () => released++ }
  }
  await expect(warmPool({ connect } as unknown as Db)).rejects.toThrow('the database has ended')
  expect([asked, released]).toEqual([4, 3])
})

it('STORE-2 a connection lost between two queries of a transaction fails that transaction, ends nothing, and is not used again', async () => {
  const { db, drop } = await openTestDatabase()
  const pidOf = 'select pg_backend_pid() pid'
  let lost = 0
  const transaction = inTransaction(db, async (client) => {
    lost = (await client.query<{ pid: number }>(pidOf)).rows[0]?.pid ?? 0
    const heard = new Promise<void>((done) => client.once('end', done))
    await db.query('select pg_terminate_backend($1)', [lost])
    await heard
    await client.query(pidOf)
  })
  await expect(transaction).rejects.toThrow('not queryable')
  expect((await db.query(pidOf)).rows[0]).not.toEqual({ pid: lost })
  await drop()
})
