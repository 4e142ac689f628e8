import type { SqlQuery } from '#domain/core/query.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'

/** How much a project holds, on this device. A prompt counts once, however many versions it has; archived cards don't count. */
export type ProjectCounts = { id: string; interviews: number; prompts: number; tasks: number; commits: number }

/**
 * The four counts of every project that has come to this device, also of an empty one: its board has columns. Of one whose room is still
 * on its way nothing is known, and there is no row.
 */
export function projectCounts(): SqlQuery<ProjectCounts> {
  const counted = sql`
    select id, sum(interviews)::int as interviews, sum(prompts)::int as prompts, sum(tasks)::int as tasks, sum(commits)::int as commits from (
      select substr(room, 9) as id, true as "isHere", 0 as interviews, 0 as prompts, 0 as tasks, 0 as commits from columns group by room
      union all select substr(room, 9), true, count(*), 0, 0, 0 from interviews group by room
      union all select substr(room, 9), true, 0, count(distinct "familyId"), 0, 0 from prompts group by room
      union all select substr(room, 9), true, 0, 0, count(*), 0 from tasks where not archived group by room
      union all select substr(room, 8), false, 0, 0, 0, count(*) from commits group by room
    ) counted group by id having bool_or("isHere")`
  return sqlQuery(['columns', 'interviews', 'prompts', 'tasks', 'commits'], counted)
}
