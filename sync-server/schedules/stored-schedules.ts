import type { Repeats } from '#domain/schedules/schema.ts'
import type { Queries } from '#server/postgres/pool.ts'

/** What the clock needs to begin something: what it is, when, and in whose name. */
export type StoredSchedule = {
  id: string
  projectId: string
  taskId: string
  modelId: string
  targetBranch: string | null
  at: number
  repeats: Repeats
  timeZone: string
  askedBy: string
}

const COLUMNS =
  'id, project_id as "projectId", task_id as "taskId", model_id as "modelId", target_branch as "targetBranch", at, repeats, time_zone as "timeZone", asked_by as "askedBy"'

/** Sets one, anew or for another time. False where the same id is set at another card. */
export async function putSchedule(db: Queries, schedule: StoredSchedule): Promise<boolean> {
  const { id, projectId, taskId, modelId, targetBranch, at, repeats, timeZone, askedBy } = schedule
  const { rowCount } = await db.query(
    `insert into schedules (id, project_id, task_id, model_id, target_branch, at, repeats, time_zone, asked_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set model_id = excluded.model_id, target_branch = excluded.target_branch, at = excluded.at, repeats = excluded.repeats,
       time_zone = excluded.time_zone, asked_by = excluded.asked_by
       where schedules.project_id = excluded.project_id and schedules.task_id = excluded.task_id`,
    [id, projectId, taskId, modelId, targetBranch, at, repeats, timeZone, askedBy, Date.now()],
  )
  return rowCount === 1
}

/** Those whose time has come, the longest due first. */
export async function findDue(db: Queries, now: number): Promise<StoredSchedule[]> {
  return (await db.query<StoredSchedule>(`select ${COLUMNS} from schedules where at <= $1 order by at, id limit 100`, [now])).rows
}

/** Sets one that was due forward to its next time, or, without one, takes it away. False where somebody else did, or it was changed meanwhile. */
export async function passSchedule(db: Queries, { id, at }: StoredSchedule, next: number | null): Promise<boolean> {
  const { rowCount } =
    next === null
      ? await db.query('delete from schedules where id = $1 and at = $2', [id, at])
      : await db.query('update schedules set at = $3 where id = $1 and at = $2', [id, at, next])
  return rowCount === 1
}

/** Takes one of a card away, whenever it was to begin. */
export async function dropSchedule(
  db: Queries,
  { id, projectId, taskId }: Pick<StoredSchedule, 'id' | 'projectId' | 'taskId'>,
): Promise<void> {
  await db.query('delete from schedules where id = $1 and project_id = $2 and task_id = $3', [id, projectId, taskId])
}

/** A runner at least asks for work every twenty seconds. */
const RUNNER_SILENT_MS = 45_000

/** Whether a runner was heard of lately. */
export async function isRunnerThere(db: Queries, now: number): Promise<boolean> {
  return (await db.query('select 1 from runners where seen_at > $1 limit 1', [now - RUNNER_SILENT_MS])).rowCount !== 0
}
