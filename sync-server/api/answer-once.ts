import { createHash } from 'node:crypto'
import type { Db } from '#server/postgres/pool.ts'

type Asked = { memberId: string; key: string; procedure: string; input: unknown }
type Outcome = { ok: boolean; data?: unknown }

const underWay = new Map<string, Promise<unknown>>()

/**
 * API-1: a mutation sent again under the same key is not done again; it gets the answer the first one got. Only good answers are
 * kept: what was refused may be tried again. Under way is under way: the second waits for the first.
 */
export async function answerOnce<R extends Outcome>(
  db: Db,
  { memberId, key, procedure, input }: Asked,
  next: () => Promise<R>,
): Promise<R> {
  const name = createHash('sha256')
    .update(`${key}\n${procedure}\n${JSON.stringify(input ?? null)}`)
    .digest('base64url')
  const place = `${memberId} ${name}`
  for (let first = underWay.get(place); first; first = underWay.get(place)) await first.catch(() => undefined)
  const work = (async () => {
    const { rows } = await db.query<{ answer: { data?: unknown } }>('select answer from answers where member_id = $1 and key = $2', [
      memberId,
      name,
    ])
    // tRPC marks its middleware results; a stored one is given the shape and the mark of a result that `next` would have made.
    if (rows[0]) return { ...MARKED, ok: true, data: rows[0].answer.data } as unknown as R
    const result = await next()
    if (result.ok) {
      await db.query('insert into answers (member_id, key, procedure, answer, at) values ($1, $2, $3, $4, $5) on conflict do nothing', [
        memberId,
        name,
        procedure,
        JSON.stringify({ data: result.data }),
        Date.now(),
      ])
    }
    return result
  })()
  underWay.set(place, work)
  try {
    return await work
  } finally {
    underWay.delete(place)
  }
}

const MARKED = { marker: 'middlewareMarker' }

const KEPT_MS = 7 * 24 * 60 * 60_000

/** Forgets answers nobody will ask for again. */
export async function forgetOldAnswers(db: Db): Promise<void> {
  await db.query('delete from answers where at < $1', [Date.now() - KEPT_MS])
}
