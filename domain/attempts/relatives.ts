import type { SqlQuery } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
import type { NamedCard } from '#domain/tasks/dependencies.ts'

/** A card beside another one: it waits for it, is waited for, is a part of it, or has it as a part. */
export type Relative = NamedCard & {
  relation: 'blocker' | 'dependent' | 'subtask' | 'parent'
  archived: boolean
  /** Of a dependent: what else it waits for that is not done. */
  waitsFor: NamedCard[]
}

/** Every card that has to do with this one. The tables have no cards that are gone, whatever lists still name them. */
export function relativesOf(projectId: string, taskId: string): SqlQuery<Relative> {
  const [room, record] = [projectRoom(projectId), recordRoom(projectId)]
  const fields = sql`t.id, t."shortId", t.title, t.status, t.archived`
  const found = sql`
    with me as (select "dependsOn", "parentAttemptId" from tasks where room = ${room} and id = ${taskId})
    select 'blocker' as relation, ${fields}, '[]'::json as "waitsFor" from tasks t
      where t.room = ${room} and t.id in (select json_array_elements_text((select "dependsOn" from me)::json))
    union all select 'dependent', ${fields}, coalesce((
        select json_agg(json_build_object('id', b.id, 'shortId', b."shortId", 'title', b.title, 'status', b.status) order by b.id) from tasks b
        where b.room = t.room and b.id in (select json_array_elements_text(t."dependsOn"::json)) and b.id <> ${taskId} and b.status <> 'done'
      ), '[]'::json) from tasks t
      where t.room = ${room} and t."dependsOn" @> jsonb_build_array(${taskId}::text)
    union all select 'subtask', ${fields}, '[]'::json from tasks t
      where t.room = ${room} and t."parentAttemptId" in (select id from attempts where room = ${record} and "taskId" = ${taskId})
    union all select 'parent', ${fields}, '[]'::json from tasks t
      where t.room = ${room} and t.id = (select "taskId" from attempts where room = ${record} and id = (select "parentAttemptId" from me))`
  return sqlQuery(['tasks', 'attempts'], found)
}
