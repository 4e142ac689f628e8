import { type Db, inTransaction } from './pool.ts'

/** Any number, the same in every Slipway. */
const START_LOCK = 5_117_003

/** Lets one server at a time make what the first start on a database makes, so that two of them find one team and one key. */
export async function holdingStart<T>(db: Db, work: () => Promise<T>): Promise<T> {
  return await inTransaction(db, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [START_LOCK])
    return await work()
  })
}
