import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { relativesOf } from './relatives.ts'

const A = '01890000-0000-7000-8000-00000000000a'

it('B9 B10 a card’s blockers, those that wait for it and for what else, its parts and what it is a part of; nothing of another project', async () => {
  const db = await openTables()
  await db.exec(`
    insert into tasks (room, id, "projectId", "shortId", title, status, archived, "dependsOn", "parentAttemptId") values
      ('project/${A}', 'me', '${A}', 'A-1', 'Me', 'review', false, '["before", "gone"]', 'a-parent'),
      ('project/${A}', 'before', '${A}', 'A-2', 'Before', 'done', false, '[]', null),
      ('project/${A}', 'other', '${A}', 'A-3', 'Other', 'todo', false, '[]', null),
      ('project/${A}', 'after', '${A}', 'A-4', 'After', 'backlog', false, '["me", "before", "other"]', null),
      ('project/${A}', 'part', '${A}', 'A-5', 'Part', 'todo', true, '[]', 'a-mine'),
      ('project/${A}', 'whole', '${A}', 'A-6', 'Whole', 'todo', false, '[]', null),
      ('project/other', 'before', 'other', 'B-1', 'Elsewhere', 'todo', false, '["me"]', 'a-mine');
    insert into attempts (room, id, "taskId") values ('record/${A}', 'a-mine', 'me'), ('record/${A}', 'a-parent', 'whole');
  `)
  const { sql, parameters } = relativesOf(A, 'me')
  const { rows } = await db.query<Record<string, unknown>>(sql, [...parameters])
  expect(rows).toEqual([
    { relation: 'blocker', id: 'before', shortId: 'A-2', title: 'Before', status: 'done', archived: false, waitsFor: [] },
    {
      relation: 'dependent', id: 'after', shortId: 'A-4', title: 'After', status: 'backlog', archived: false,
      waitsFor: [{ id: 'other', shortId: 'A-3', title: 'Other', status: 'todo' }],
    },
    { relation: 'subtask', id: 'part', shortId: 'A-5', title: 'Part', status: 'todo', archived: true, waitsFor: [] },
    { relation: 'parent', id: 'whole', shortId: 'A-6', title: 'Whole', status: 'todo', archived: false, waitsFor: [] },
  ]) // biome-ignore format: one row a line

  // Asked at every change of a card: no part of it may have to read all of them.
  await db.exec('set enable_seqscan = off')
  const plan = await db.query(`explain ${sql}`, [...parameters])
  expect(JSON.stringify(plan.rows)).not.toContain('Seq Scan on tasks')
  await db.close()
})
