import type { PoolClient } from 'pg'
import { expect, it } from 'vitest'
import { type Log, makeLog } from '#server/log.ts'
import { type Db, inTransaction, openPool, warmPool } from './pool.ts'
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

it('STORE-3 a connection that is lost is said, but not when the pool is being closed anyway', async () => {
  const said: string[] = []
  const pool = openPool({ host: '127.0.0.1', port: 1 }, {
    ...makeLog('silent'),
    warn: (_what: unknown, words: string) => said.push(words),
  } as unknown as Log)
  pool.emit('error', new Error('gone'), {} as PoolClient)
  expect(said).toEqual(['a database connection was lost'])
  const closed = pool.end()
  pool.emit('error', new Error('gone'), {} as PoolClient)
  await closed
  expect(said).toHaveLength(1)
})
