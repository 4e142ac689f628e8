import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { cardsInQuestion } from './queries.ts'

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
