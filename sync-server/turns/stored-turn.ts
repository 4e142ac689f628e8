import { SYSTEM } from '#domain/core/world.ts'
import type { AgentSpec, Spoken, TurnKind, TurnPayload } from '#domain/sessions/protocol.ts'
import type { TurnStatus } from '#domain/sessions/schema.ts'
import type { Queries } from '#server/postgres/pool.ts'

/** An agent as the queue keeps it: a model by its id; its address and key are looked up when a runner claims the turn. */
export type StoredAgent = Extract<AgentSpec, { kind: 'builtin' }> | { kind: 'model'; modelId: string; label: string } | { kind: 'sealed' }

type WithStoredAgent<P> = P extends { agent: AgentSpec } ? Omit<P, 'agent'> & { agent: StoredAgent } : P
/** What a turn asks for, as the queue keeps it. */
export type StoredPayload = TurnPayload extends infer P ? (P extends TurnPayload ? WithStoredAgent<P> : never) : never

export type StoredTurn = {
  id: string
  kind: TurnKind
  projectId: string | null
  attemptId: string | null
  sessionId: string | null
  payload: StoredPayload
  sealed: Buffer | null
  status: TurnStatus
  fence: number
  told: number
  tries: number
  runnerId: string | null
  leaseUntil: number | null
  cancel: boolean
  stoppedBy: string | null
  askedBy: string
  createdAt: number
  result: unknown
  reason: string | null
}

export const TURN_COLUMNS = `id, kind, project_id as "projectId", attempt_id as "attemptId", session_id as "sessionId", payload, sealed, status, fence, told,
  tries, runner_id as "runnerId", lease_until as "leaseUntil", cancel, stopped_by as "stoppedBy", asked_by as "askedBy", created_at as "createdAt", result, reason`

/** Who stopped a turn, and the sentence that says so. */
export type Stop = { by: string; reason: string }

/** Who asked for a turn in hand to be stopped; null where nobody did. */
export const stopOf = ({ cancel, stoppedBy, reason }: StoredTurn): Stop | null =>
  cancel ? { by: stoppedBy ?? SYSTEM, reason: reason ?? 'Cancelled.' } : null

/** One turn, or undefined. */
export async function findTurn(db: Queries, id: string): Promise<StoredTurn | undefined> {
  return (await db.query<StoredTurn>(`select ${TURN_COLUMNS} from turns where id = $1`, [id])).rows[0]
}

/** The turns of an attempt, newest first. */
export async function turnsOfAttempt(db: Queries, attemptId: string): Promise<StoredTurn[]> {
  return (
    await db.query<StoredTurn>(`select ${TURN_COLUMNS} from turns where attempt_id = $1 order by created_at desc, id desc`, [attemptId])
  ).rows
}

/** What the agents of a card's attempts were told when these started, the earliest first. */
export async function toldAtStart(db: Queries, projectId: string, taskId: string): Promise<Spoken[]> {
  const { rows } = await db.query<{ transcript: Spoken[] }>(
    `select transcript from (
       select distinct on (attempt_id) payload->'transcript' as transcript, created_at, id from turns
       where project_id = $1 and kind = 'execute' and payload->'task'->>'id' = $2 order by attempt_id, created_at, id
     ) as first order by created_at, id`,
    [projectId, taskId],
  )
  return rows.flatMap(({ transcript }) => transcript)
}

/** Whether the agent of an attempt has something to do already. */
export async function isAtWork(db: Queries, attemptId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    "select 1 from turns where attempt_id = $1 and kind = 'execute' and status in ('waiting', 'leased', 'running')",
    [attemptId],
  )
  return rowCount !== 0
}

export type NewTurn = Pick<StoredTurn, 'id' | 'payload' | 'askedBy'> &
  Partial<Pick<StoredTurn, 'projectId' | 'attemptId' | 'sessionId' | 'sealed'>> & { held?: boolean }

/** Puts a turn into the queue. False where one of this id stands there already. */
export async function insertTurn(db: Queries, turn: NewTurn): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into turns (id, kind, project_id, attempt_id, session_id, payload, sealed, asked_by, created_at, held)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing`,
    [
      turn.id,
      turn.payload.kind,
      turn.projectId ?? null,
      turn.attemptId ?? null,
      turn.sessionId ?? null,
      JSON.stringify(turn.payload),
      turn.sealed ?? null,
      turn.askedBy,
      Date.now(),
      turn.held ?? false,
    ],
  )
  return rowCount === 1
}

export type UnderWay = { projectId: string; attemptId: string; taskId: string }

/** The executions that go on, or are about to, and that nobody has asked to stop; in no order. Asked often: not what they are told, which can be long. */
export async function executionsUnderWay(db: Queries): Promise<UnderWay[]> {
  return (
    await db.query<UnderWay>(
      `select project_id as "projectId", attempt_id as "attemptId", payload->'task'->>'id' as "taskId" from turns
       where kind = 'execute' and not cancel and project_id is not null and attempt_id is not null and (status = 'waiting' or status in ('leased', 'running'))`,
    )
  ).rows
}

/** The turns that wait for room on a board, in no order. */
export async function heldTurns(db: Queries): Promise<StoredTurn[]> {
  return (await db.query<StoredTurn>(`select ${TURN_COLUMNS} from turns where held and status = 'waiting'`)).rows
}

/** There is room for it. False where it waits no more, or another server was quicker. */
export async function releaseTurn(db: Queries, id: string): Promise<boolean> {
  const { rowCount } = await db.query("update turns set held = false where id = $1 and held and status = 'waiting'", [id])
  return rowCount === 1
}
