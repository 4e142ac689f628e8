import type { DbClient, Queries } from '#server/postgres/pool.ts'

/** How long the journal may be asked to pause. Whoever writes to it waits as long at most. */
const PAUSE_MS = 300

/**
 * Waits until no update is on its way, and keeps it so until the transaction ends, which must be at once. Answers a number: while it is the
 * same, nothing was written. Throws (`55P03`) where the journal is too busy.
 */
export async function standstill(client: DbClient): Promise<number> {
  await client.query(`set local lock_timeout = ${PAUSE_MS}`)
  await client.query('lock table journal_updates in share mode')
  const { rows } = await client.query<{ last: number | null }>(
    `select pg_sequence_last_value(pg_get_serial_sequence('journal_updates', 'seq')::regclass) as last`,
  )
  return rows[0]?.last ?? 0
}

/**
 * Each room's state in a few words: another one whenever it holds something new. An instance's updates become visible in their order, those of
 * several in any; so the newest of each counts.
 */
export async function roomStates(db: Queries): Promise<Map<string, string>> {
  const { rows } = await db.query<{ room: string; state: string }>(
    `select room, string_agg(origin || ':' || seq, ' ' order by origin) as state from (
       select room, origin, max(seq) as seq from journal_updates group by room, origin
       union all
       select room, -1, max(seq) from journal_snapshots group by room
     ) as newest group by room order by room`,
  )
  return new Map(rows.map(({ room, state }) => [room, state]))
}
