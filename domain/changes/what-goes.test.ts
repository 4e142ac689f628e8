import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { whatGoes } from './what-goes.ts'

const A = '01890000-0000-7000-8000-00000000000a'
const B = '01890000-0000-7000-8000-00000000000b'

it('PROJECT-6 counts exactly what goes with a project, and names the branches that have commits nobody merged', async () => {
  const db = await openTables()
  await db.exec(`
    insert into interviews (room, id) values ('project/${A}', 'i1'), ('project/${B}', 'i2');
    insert into prompts (room, id, "familyId") values ('project/${A}', 'p1', 'p1'), ('project/${A}', 'p2', 'p1'), ('project/${B}', 'p3', 'p3');
    insert into tasks (room, id, archived) values ('project/${A}', 't1', false), ('project/${A}', 't2', true), ('project/${B}', 't3', false);
    insert into attempts (room, id, branch, status) values
      ('record/${A}', 'a1', 'merged', 'succeeded'), ('record/${A}', 'a2', 'open', 'succeeded'), ('record/${A}', 'a3', 'after', 'running'),
      ('record/${A}', 'a4', 'nothing', 'queued'), ('record/${A}', 'a5', 'closed', 'failed'), ('record/${B}', 'b1', 'elsewhere', 'running');
    insert into commits (room, id, "attemptId", timestamp) values
      ('record/${A}', 'c1', 'a1', 1), ('record/${A}', 'c2', 'a2', 1), ('record/${A}', 'c3', 'a3', 1), ('record/${A}', 'c4', 'a3', 9),
      ('record/${A}', 'c5', 'a5', 1), ('record/${B}', 'c6', 'b1', 1);
    insert into merges (room, id, "attemptId", status, "mergedAt") values
      ('record/${A}', 'm1', 'a1', 'merged', 5), ('record/${A}', 'm2', 'a3', 'merged', 5), ('record/${A}', 'm3', 'a5', 'closed', 5);
  `)
  const { sql, parameters } = whatGoes(A)
  const { rows } = await db.query(sql, [...parameters])
  expect(rows).toEqual([
    { interviews: 1, prompts: 1, tasks: 2, archivedTasks: 1, attempts: 5, underWay: 2, commits: 5, branches: ['after', 'closed', 'open'] },
  ])
  await db.close()
})
