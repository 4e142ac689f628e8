import type { SqlQuery } from '#domain/core/query.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'

/** What came of a version of a prompt with one model, or with the built-in agent. */
export type PromptOutcome = {
  promptId: string
  model: string
  attempts: number
  /** Of them, those that have ended, and of those the ones that were merged. */
  ended: number
  accepted: number
  /** Tokens of an attempt on average, those of the prompt and of the answer together. */
  tokens: number
  /** Of an attempt on average, in US dollars, of those whose price was known; null: of none. */
  cost: number | null
  /** How often somebody had to ask again, on average. */
  rework: number
}

/** PROMPT-7: what came of each version of a project's prompts, model by model. An attempt of a version before this was kept belongs to none. */
export function promptOutcomes(projectId: string): SqlQuery<PromptOutcome> {
  const room = recordRoom(projectId)
  const counted = sql`
    with told as (
      select "attemptId", count(*) as turns, sum("promptTokens" + "completionTokens") as tokens, sum(cost) as cost from turns where room = ${room} group by "attemptId"
    ), merged as (
      select distinct "attemptId" from merges where room = ${room} and status = 'merged'
    )
    select a."promptId", case when a."modelLabel" = '' then a.agent else a."modelLabel" end as model,
      count(*)::int as attempts,
      count(*) filter (where a.status not in ('queued', 'preparing', 'running'))::int as ended,
      count(m."attemptId")::int as accepted,
      coalesce(avg(t.tokens), 0)::float8 as tokens,
      avg(t.cost)::float8 as cost,
      coalesce(avg(t.turns - 1), 0)::float8 as rework
    from attempts a left join told t on t."attemptId" = a.id left join merged m on m."attemptId" = a.id
    where a.room = ${room} and a."promptId" is not null
    group by 1, 2 order by 1, 2`
  return sqlQuery(['attempts', 'turns', 'merges'], counted)
}
