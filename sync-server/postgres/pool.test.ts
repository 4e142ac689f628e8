import { expect, it } from 'vitest'
import { type Db, warmPool } from './pool.ts'

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
