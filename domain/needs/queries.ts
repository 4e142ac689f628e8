import { listRows, type SqlQuery } from '#domain/core/query.ts'
import { personRoom } from '#domain/core/rooms.ts'
import { sql, sqlQuery } from '#domain/core/sql.ts'
import { interviews } from '#domain/interviews/schema.ts'
import type { CardInQuestion, MentionInQuestion, MissedStart, PromptInQuestion } from './rules.ts'

/** Nobody reads more than this of what others wait for. */
const MOST = 500

/**
 * The cards of every project on this device that may wait for a person, for `whyCardWaits` to decide. For one member: without
 * those that are somebody else's. What one has seen stands in the project's room, or in one's own, where one was a viewer. It is asked again whenever a card changes, on tables nobody ever analyzes: so what cannot
 * count is left out by sets of ids, which are hashed, and attempts are looked up only of what remains.
 */
export function cardsInQuestion(me: string, whose: 'mine' | 'everyones'): SqlQuery<CardInQuestion> {
  const mayBeMine =
    whose === 'mine'
      ? sql`and (t.assignee = ${me} or t.assignee is null and (t."createdBy" = ${me} or t.id in (select "taskId" from attempts where "createdBy" = ${me})))`
      : sql``
  const isMine = whose === 'mine' ? sql`and coalesce(t.assignee, last."startedBy", t."createdBy") = ${me}` : sql``
  const found = sql`
    select t.id, t."projectId", t."shortId", t.title, t.status, t."statusAt", t."statusBy", t.assignee, t."createdAt", t."createdBy",
      left(t.result, 200) as summary, right(t.result, 400) as ending, last.outcome, last.reason, last."endedAt", last."startedBy",
      (select max(look."upTo") from looks look where look."taskId" = t.id and look."memberId" = ${me} and look.room in (t.room, ${personRoom(me)})) as "seenUpTo",
      exists (select from attempts a where a."taskId" = t.id and a.status in ('queued', 'preparing', 'running')) as "isUnderWay"
    from tasks t
    left join lateral (
      select a.status as outcome, a.reason, a."endedAt", a."createdBy" as "startedBy" from attempts a
      where a."taskId" = t.id and a."endedAt" is not null order by a."endedAt" desc, a.id desc limit 1
    ) last on true
    where t.status in ('in_progress', 'review') and not t.archived ${mayBeMine}
      and (t.status = 'review' or t.id in (select "taskId" from attempts where status in ('failed', 'interrupted'))) ${isMine}
    order by t."updatedAt" desc limit ${MOST}`
  return sqlQuery(['tasks', 'attempts', 'looks'], found)
}

/** More mentions than these stay behind the newest, and fewer than a browser remembers as told. */
const MOST_MENTIONS = 100

/**
 * NEED-11: the comments of others that mention somebody and that they have not seen, wherever the card stands unless it was put away. As above, what was
 * seen is left out by a set of ids, and cards are looked up only of what remains.
 */
export function mentionsOf(me: string): SqlQuery<MentionInQuestion> {
  const found = sql`
    select c.id as "commentId", t.id, t."projectId", t."shortId", t.title, c.author, left(c.body, 300) as said, c."createdAt"
    from comments c
    join lateral (select id, "projectId", "shortId", title from tasks where id = c."taskId" and room = c.room and not archived limit 1) t on true
    where c.mentions @> ${JSON.stringify([me])}::jsonb and c.author <> ${me} 
      and c.id not in (select "commentId" from "mentionLooks" where "memberId" = ${me})
    order by c."createdAt" desc limit ${MOST_MENTIONS}`
  return sqlQuery(['comments', 'tasks', 'mentionLooks'], found)
}

/** NEED-12: the starts that were missed and that nobody has seen to yet; somebody's own, or everybody's. Cards that were put away start nothing. */
export function missedStarts(me: string, whose: 'mine' | 'everyones'): SqlQuery<MissedStart> {
  const isMine = whose === 'mine' ? sql`and s."createdBy" = ${me}` : sql``
  const found = sql`
    select t.id, t."projectId", t."shortId", t.title, s."missedAt", s.reason, s."createdBy" as "setBy",
      (select max(look."upTo") from looks look where look."taskId" = t.id and look."memberId" = ${me} and look.room in (t.room, ${personRoom(me)})) as "seenUpTo"
    from schedules s join tasks t on t.id = s."taskId" and t.room = 'project/' || s."projectId"
    where s."missedAt" is not null and not t.archived ${isMine}
    order by s."missedAt" desc limit ${MOST}`
  return sqlQuery(['schedules', 'tasks', 'looks'], found)
}

/** NEED-13: the versions of prompts that cards not begun yet are to start from, and that wait for an approval that their project demands. */
export function promptsToApprove(): SqlQuery<PromptInQuestion> {
  const found = sql`
    select p.id, p."projectId", p.title, p.version, p."createdAt", p."createdBy", count(*)::int as cards
    from "projectDemands" d
    join tasks t on t."projectId" = d.id and t.status in ('backlog', 'todo') and not t.archived
    join prompts p on p.id = t."promptId" and p.room = t.room
    where d."approvedPrompts" and not exists (select from "promptApprovals" a where a.id = p.id and a.approved)
    group by p.id, p."projectId", p.title, p.version, p."createdAt", p."createdBy"
    order by p."createdAt" desc limit ${MOST}`
  return sqlQuery(['projectDemands', 'tasks', 'prompts', 'promptApprovals'], found)
}

const ASKED = ['projectId', 'title', 'status', 'createdBy', 'updatedAt', 'goal', 'users', 'data', 'screens', 'rules', 'limits', 'risks', 'doneWhen'] as const // biome-ignore format: one line

/** The interviews of every project that are not ended. */
export const activeInterviews = (me: string, whose: 'mine' | 'everyones') =>
  listRows(interviews, ASKED, whose === 'mine' ? { status: 'active', createdBy: me } : { status: 'active' })
