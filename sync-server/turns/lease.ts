import { LEASE_MS } from '#domain/sessions/rules.ts'
import type { TurnStatus } from '#domain/sessions/schema.ts'
import type { Queries } from '#server/postgres/pool.ts'
import { type Stop, type StoredTurn, TURN_COLUMNS } from './stored-turn.ts'

// Every statement here that writes checks the fence in the statement itself: a runner that slept past its lease, and
// whose turn somebody else may hold by now, changes nothing.
const HELD = "fence = $2 and status in ('leased', 'running') and lease_until > $3"

/**
 * Gives the oldest waiting turn to a runner, in one statement, so no two get the same. Its fence is one that turn never had, also
 * where the database came out of a backup and does not know of claims since: it comes from the clock. An attempt has one
 * turn in hand at a time, and one that is held for room on the board none. A `quick` claim takes no execution: it is what a runner busy with executions can still do.
 */
export async function claimTurn(db: Queries, runnerId: string, now: number, quick = false): Promise<StoredTurn | null> {
  const { rows } = await db.query<StoredTurn>(
    `update turns set status = 'leased', fence = greatest(fence + 1, $4), told = 0, runner_id = $1, lease_until = $2, tries = tries + 1
     where id = (
       select id from turns as waiting where status = 'waiting' and not held and not ($3 and kind = 'execute') and not exists (
         select 1 from turns as held where held.attempt_id = waiting.attempt_id and held.status in ('leased', 'running'))
       order by created_at, id limit 1 for update skip locked)
     returning ${TURN_COLUMNS}`,
    [runnerId, now + LEASE_MS, quick, now],
  )
  return rows[0] ?? null
}

/** Prolongs a lease. Answers whether the turn should be cancelled; null where the lease is lost. */
export async function renewLease(db: Queries, id: string, fence: number, now: number): Promise<{ cancel: boolean } | null> {
  const { rows } = await db.query<{ cancel: boolean }>(`update turns set lease_until = $4 where id = $1 and ${HELD} returning cancel`, [
    id,
    fence,
    now,
    now + LEASE_MS,
  ])
  return rows[0] ?? null
}

/** Gives everybody who holds a lease his time anew. */
export async function prolongHeld(db: Queries, now: number): Promise<void> {
  await db.query("update turns set lease_until = $1 where status in ('leased', 'running') and lease_until < $1", [now + LEASE_MS])
}

/** Takes note that batch `seq` of reports is told, and of the state it brings. False where the lease is lost or the batch was told before. */
export async function noteTold(db: Queries, id: string, fence: number, seq: number, now: number, isRunning: boolean): Promise<boolean> {
  const { rowCount } = await db.query(
    `update turns set told = $4, lease_until = $5, status = case when $6 then 'running' else status end where id = $1 and ${HELD} and told < $4`,
    [id, fence, now, seq, now + LEASE_MS, isRunning],
  )
  return rowCount === 1
}

/** What an execution's end leaves to be done: its agent is to read what waits. */
const ENDED = "ended_at = $3, lease_until = null, sealed = null, followed = kind <> 'execute'"

export type Ending = { status: Extract<TurnStatus, 'done' | 'failed' | 'cancelled'>; reason: string | null; result: unknown }

/** Ends a turn whose lease is held. False where it is not. What was sealed for it is forgotten. */
export async function endHeld(db: Queries, id: string, fence: number, ending: Ending, now: number): Promise<boolean> {
  const { rowCount } = await db.query(`update turns set status = $4, reason = $5, result = $6, ${ENDED} where id = $1 and ${HELD}`, [
    id,
    fence,
    now,
    ending.status,
    ending.reason,
    JSON.stringify(ending.result ?? null),
  ])
  return rowCount === 1
}

/** Ends a turn nobody has claimed. False where somebody has. */
export async function endWaiting(db: Queries, id: string, ending: Ending, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "update turns set status = $2, reason = $3, ended_at = $4, sealed = null where id = $1 and status = 'waiting'",
    [id, ending.status, ending.reason, now],
  )
  return rowCount === 1
}

/** Asks whoever holds a turn to stop. */
export async function flagCancel(db: Queries, id: string, { by, reason }: Stop): Promise<void> {
  await db.query("update turns set cancel = true, stopped_by = $2, reason = $3 where id = $1 and status in ('leased', 'running')", [
    id,
    by,
    reason,
  ])
}

/** The turns whose lease ran out. */
export async function findExpired(db: Queries, now: number): Promise<StoredTurn[]> {
  return (
    await db.query<StoredTurn>(`select ${TURN_COLUMNS} from turns where status in ('leased', 'running') and lease_until <= $1`, [now])
  ).rows
}

/** Ends an expired turn. False where the runner came back in time, or somebody else was here. */
export async function endExpired(db: Queries, turn: StoredTurn, ending: Ending, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update turns set status = $4, reason = $5, ${ENDED}
     where id = $1 and fence = $2 and status in ('leased', 'running') and lease_until <= $3`,
    [turn.id, turn.fence, now, ending.status, ending.reason],
  )
  return rowCount === 1
}

/** Puts an expired turn back into the queue for another runner. */
export async function requeueExpired(db: Queries, turn: StoredTurn, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `update turns set status = 'waiting', runner_id = null, lease_until = null
     where id = $1 and fence = $2 and status in ('leased', 'running') and lease_until <= $3`,
    [turn.id, turn.fence, now],
  )
  return rowCount === 1
}

/** Executions that ended before `until` without anybody having looked at what waits behind them. */
export async function findUnfollowed(db: Queries, until: number): Promise<StoredTurn[]> {
  return (await db.query<StoredTurn>(`select ${TURN_COLUMNS} from turns where not followed and ended_at <= $1 order by ended_at`, [until]))
    .rows
}

/** Takes note that what waits behind an execution was looked at. */
export async function noteFollowed(db: Queries, id: string): Promise<void> {
  await db.query('update turns set followed = true where id = $1 and not followed', [id])
}
