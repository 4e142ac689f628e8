import type { SqlQuery } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'

/** What goes with a project. `branches`: of the attempts that have commits nobody merged. Prompts count once, however many versions they have. */
export type WhatGoes = {
  interviews: number
  prompts: number
  tasks: number
  archivedTasks: number
  attempts: number
  underWay: number
  commits: number
  branches: string[]
}

/** PROJECT-6: exactly what goes with a project, as this device has it: a list of one. */
export function whatGoes(projectId: string): SqlQuery<WhatGoes> {
  const [room, record] = [projectRoom(projectId), recordRoom(projectId)]
  const found = sql`
    select
      (select count(*)::int from interviews where room = ${room}) as interviews,
      (select count(distinct "familyId")::int from prompts where room = ${room}) as prompts,
      (select count(*)::int from tasks where room = ${room}) as tasks,
      (select count(*)::int from tasks where room = ${room} and archived) as "archivedTasks",
      (select count(*)::int from attempts where room = ${record}) as attempts,
      (select count(*)::int from attempts where room = ${record} and status in ('queued', 'preparing', 'running')) as "underWay",
      (select count(*)::int from commits where room = ${record}) as commits,
      (select coalesce(json_agg(a.branch order by a.branch), '[]') from attempts a where a.room = ${record} and exists (
        select from commits c where c.room = a.room and c."attemptId" = a.id and c.timestamp > coalesce(
          (select max(m."mergedAt") from merges m where m.room = a.room and m."attemptId" = a.id and m.status = 'merged'), 0)
      )) as branches`
  return sqlQuery(['interviews', 'prompts', 'tasks', 'attempts', 'commits', 'merges'], found)
}
