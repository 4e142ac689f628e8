import { createHash } from 'node:crypto'
import { IS_ALIVE } from '#server/instances/membership.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { Bell } from '#server/turns/bell.ts'

type Asked = { memberId: string; key: string; procedure: string; input: unknown }
type Outcome = { ok: boolean; data?: unknown }
/** Where answers are kept, and as whom this server works them out. */
export type AnswerParts = { db: Db; bell: Bell; instance: number }

const LOOK_MS = 500

/** What is at work at a server, by its number, the member and the call. */
const underWay = new Map<string, Promise<unknown>>()

/**
 * API-1: a mutation sent again under the same key is not done again; it gets the answer the first one got, whichever server that was
 * at. Only good answers are kept: what was refused may be tried again. Under way is under way: the second waits for the first, unless
 * the server it was at is gone.
 */
export async function answerOnce<R extends Outcome>(parts: AnswerParts, asked: Asked, next: () => Promise<R>): Promise<R> {
  const { memberId, procedure, key, input } = asked
  const name = createHash('sha256')
    .update(`${key}\n${procedure}\n${JSON.stringify(input ?? null)}`)
    .digest('base64url')
  const call = `${parts.instance} ${memberId} ${name}`
  for (let first = underWay.get(call); first; first = underWay.get(call)) await first.catch(() => undefined)
  const work = answerAmongServers(parts, [memberId, name], procedure, next)
  underWay.set(call, work)
  try {
    return await work
  } finally {
    underWay.delete(call)
  }
}

/** The same where no other call at this server is at work on it: a row that says so was left behind. */
async function answerAmongServers<R extends Outcome>(
  { db, bell, instance }: AnswerParts,
  place: [memberId: string, name: string],
  procedure: string,
  next: () => Promise<R>,
): Promise<R> {
  const isDone = `answer ${place[1]}`
  for (;;) {
    const rung = bell.heard(isDone, LOOK_MS)
    const { rowCount } = await db.query(TAKE, [...place, procedure, Date.now(), instance])
    if (rowCount === 1) break
    const { rows } = await db.query<{ answer: { data?: unknown } | null }>(
      'select answer from answers where member_id = $1 and key = $2',
      place,
    )
    const [found] = rows
    // tRPC marks its middleware results; a stored one is given the shape and the mark of a result that `next` would have made.
    if (found?.answer) return { ...MARKED, ok: true, data: found.answer.data } as unknown as R
    if (found) await rung
  }
  let result: R | undefined
  try {
    result = await next()
    return result
  } finally {
    if (result?.ok) await db.query(KEEP, [...place, JSON.stringify({ data: result.data }), instance])
    else await db.query(GIVE_UP, [...place, instance])
    bell.ring(isDone)
  }
}

/** A mutation does not take so long; what another server left behind is in nobody's hands. */
const ABANDONED_MS = 3 * 60_000

// It need not be on the disk by itself: it gets there before anything that is written after it.
const TAKE = `
  with unhurried as (select set_config('synchronous_commit', 'off', true))
  insert into answers (member_id, key, procedure, answer, at, holder) select $1, $2, $3, null, $4, $5 from unhurried
  on conflict (member_id, key) do update set holder = excluded.holder, at = excluded.at
  where answers.answer is null and (
    answers.holder = excluded.holder
    or answers.at < excluded.at - ${ABANDONED_MS}
    or not exists (select 1 from instances where number = answers.holder and ${IS_ALIVE}))`
const KEEP = 'update answers set answer = $3, holder = null where member_id = $1 and key = $2 and holder = $4'
const GIVE_UP = 'delete from answers where member_id = $1 and key = $2 and answer is null and holder = $3'

const MARKED = { marker: 'middlewareMarker' }

const KEPT_MS = 7 * 24 * 60 * 60_000

/** Forgets answers nobody will ask for again. */
export async function forgetOldAnswers(db: Db): Promise<void> {
  await db.query('delete from answers where at < $1', [Date.now() - KEPT_MS])
}
