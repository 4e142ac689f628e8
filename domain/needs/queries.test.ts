import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { cardsInQuestion, mentionsOf, missedStarts, promptsToApprove } from './queries.ts'

const A = '01890000-0000-7000-8000-00000000000a'

it('NEED-1 NEED-2 of every project come the cards that may wait, with the attempt that ended last and what one has seen, here or in one’s own room', async () => {
  const db = await openTables()
  await db.exec(`
    insert into tasks (room, id, "projectId", title, status, archived, assignee, "createdBy", "updatedAt") values
      ('project/${A}', 'review', '${A}', 'In review', 'review', false, null, 'ada', 9),
      ('project/${A}', 'failed', '${A}', 'Failed', 'in_progress', false, null, 'bob', 8),
      ('project/${A}', 'again', '${A}', 'Failed once', 'in_progress', false, null, 'ada', 7),
      ('project/${A}', 'carols', '${A}', 'Of Carol', 'review', false, 'carol', 'ada', 6),
      ('project/${A}', 'archived', '${A}', 'Put away', 'review', true, null, 'ada', 5),
      ('project/${A}', 'todo', '${A}', 'To do', 'todo', false, null, 'ada', 4);
    insert into attempts (room, id, "taskId", status, reason, "endedAt", "createdBy") values
      ('record/${A}', 'a1', 'failed', 'succeeded', null, 1, 'bob'), ('record/${A}', 'a2', 'failed', 'failed', 'No key.', 2, 'ada'),
      ('record/${A}', 'a3', 'again', 'failed', null, 1, 'ada'), ('record/${A}', 'a4', 'again', 'succeeded', null, 2, 'ada'),
      ('record/${A}', 'a5', 'review', 'running', null, null, 'ada');
    insert into looks (room, id, "taskId", "memberId", "upTo") values ('project/${A}', 'l1', 'review', 'ada', 3), ('project/${A}', 'l2', 'review', 'bob', 4),
      ('person/ada', 'l3', 'again', 'ada', 5), ('person/ada', 'l4', 'review', 'ada', 2), ('person/bob', 'l5', 'failed', 'ada', 6);
  `)
  const ask = async (whose: 'mine' | 'everyones') => {
    const { sql, parameters } = cardsInQuestion('ada', whose)
    return (await db.query<{ id: string }>(sql, [...parameters])).rows
  }
  const mine = await ask('mine')
  expect(mine).toMatchObject([
    { id: 'review', isUnderWay: true, outcome: null, seenUpTo: 3 },
    { id: 'failed', isUnderWay: false, outcome: 'failed', reason: 'No key.', endedAt: 2, startedBy: 'ada', seenUpTo: null },
    { id: 'again', outcome: 'succeeded', seenUpTo: 5 },
  ])
  expect((await ask('everyones')).map(({ id }) => id)).toEqual(['review', 'failed', 'again', 'carols'])
  await db.close()
})

it('NEED-11 a mention by somebody else waits until it was seen, here or in one’s own room; not on a card that was put away, nor in another project’s name', async () => {
  const db = await openTables()
  await db.exec(`
    insert into tasks (room, id, "projectId", "shortId", title, archived) values ('project/${A}', 't', '${A}', 'A-1', 'Pay', false), ('project/${A}', 'away', '${A}', 'A-2', 'Away', true);
    insert into comments (room, id, "taskId", author, body, mentions, "createdAt") values
      ('project/${A}', 'c1', 't', 'bob', '@ada look', '["ada", "carol"]', 1), ('project/${A}', 'c2', 't', 'ada', '@ada', '["ada"]', 2),
      ('project/${A}', 'c3', 't', 'bob', '@carol', '["carol"]', 3), ('project/${A}', 'c4', 'away', 'bob', '@ada', '["ada"]', 4),
      ('project/${A}', 'c5', 't', 'bob', '@ada seen', '["ada"]', 5), ('project/${A}', 'c6', 't', 'bob', '@ada seen', '["ada"]', 6),
      ('project/other', 'c7', 't', 'bob', '@ada elsewhere', '["ada"]', 7), ('project/${A}', 'c8', 'gone', 'bob', '@ada', '["ada"]', 8);
    insert into "mentionLooks" (room, id, "commentId", "memberId") values
      ('project/${A}', 'l1', 'c1', 'carol'), ('project/${A}', 'l2', 'c5', 'ada'), ('person/ada', 'l3', 'c6', 'ada');
    insert into comments (room, id, "taskId", author, mentions) select 'project/${A}', 'more' || n, 't', 'bob', '[]' from generate_series(1, 1000) n;
  `)
  const { sql, parameters } = mentionsOf('ada')
  expect((await db.query(sql, [...parameters])).rows).toEqual([
    { commentId: 'c1', id: 't', projectId: A, shortId: 'A-1', title: 'Pay', author: 'bob', said: '@ada look', createdAt: 1 },
  ])

  // Asked at every change of a card or a comment: no part of it may have to read all of them.
  await db.exec('set enable_seqscan = off')
  const plan = JSON.stringify((await db.query(`explain ${sql}`, [...parameters])).rows)
  for (const index of ['comments_mentions', 'mentionLooks_memberId', 'tasks_pkey']) expect(plan).toContain(index)
  expect(plan).not.toContain('Seq Scan')
  await db.close()
})

it('NEED-12 NEED-13 a start that was missed waits for whoever set it; a prompt that cards are to start from waits for its approval where that is demanded', async () => {
  const db = await openTables()
  const B = A.replace(/a$/, 'b')
  await db.exec(`
    insert into tasks (room, id, "projectId", "shortId", title, status, archived, "promptId") values
      ('project/${A}', 't1', '${A}', 'A-1', 'Nightly', 'todo', false, 'p1'), ('project/${A}', 't2', '${A}', 'A-2', 'Away', 'todo', true, 'p1'),
      ('project/${A}', 't3', '${A}', 'A-3', 'Begun', 'in_progress', false, 'p2'), ('project/${A}', 't4', '${A}', 'A-4', 'Other', 'backlog', false, 'p1'),
      ('project/${A}', 't5', '${A}', 'A-5', 'Approved', 'todo', false, 'p3'), ('project/${B}', 't6', '${B}', 'B-1', 'Free', 'todo', false, 'p4');
    insert into schedules (room, id, "projectId", "taskId", "missedAt", reason, "createdBy") values
      ('record/${A}', 's1', '${A}', 't1', 7, 'No runner.', 'ada'), ('record/${A}', 's2', '${A}', 't2', 8, 'No runner.', 'ada'),
      ('record/${A}', 's3', '${A}', 't3', null, null, 'ada'), ('record/${A}', 's4', '${A}', 't4', 9, 'Cancelled.', 'bob');
    insert into looks (room, id, "taskId", "memberId", "upTo") values ('project/${A}', 'l1', 't1', 'ada', 6);
    insert into prompts (room, id, "projectId", title, version, "createdAt", "createdBy") values
      ('project/${A}', 'p1', '${A}', 'Pay', 2, 1, 'bob'), ('project/${A}', 'p2', '${A}', 'Begun', 1, 1, 'bob'),
      ('project/${A}', 'p3', '${A}', 'Approved', 1, 1, 'bob'), ('project/${B}', 'p4', '${B}', 'Free', 1, 1, 'bob');
    insert into "promptApprovals" (room, id, "projectId", approved) values ('record/${A}', 'p3', '${A}', true), ('record/${A}', 'p1', '${A}', false);
    insert into "projectDemands" (room, id, "approvedPrompts") values ('record/${A}', '${A}', true), ('record/${B}', '${B}', false);
  `)
  const ask = async ({ sql, parameters }: ReturnType<typeof missedStarts> | ReturnType<typeof promptsToApprove>) =>
    (await db.query(sql, [...parameters])).rows
  const mine = { id: 't1', projectId: A, shortId: 'A-1', title: 'Nightly', missedAt: 7, reason: 'No runner.', setBy: 'ada', seenUpTo: 6 }
  expect(await ask(missedStarts('ada', 'mine'))).toEqual([mine])
  expect(await ask(missedStarts('ada', 'everyones'))).toMatchObject([{ id: 't4', setBy: 'bob' }, mine])
  expect(await ask(promptsToApprove())).toEqual([
    { id: 'p1', projectId: A, title: 'Pay', version: 2, createdAt: 1, createdBy: 'bob', cards: 2 },
  ])
  await db.close()
})
