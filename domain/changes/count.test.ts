import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { projectCounts } from './count.ts'

const A = '01890000-0000-7000-8000-00000000000a'
const B = '01890000-0000-7000-8000-00000000000b'
const C = '01890000-0000-7000-8000-00000000000c'
const D = '01890000-0000-7000-8000-00000000000d'

it('P2 counts interviews, prompts by family, cards that are not archived, and commits, project by project; of one that has not arrived it says nothing', async () => {
  const db = await openTables()
  await db.exec(`
    insert into interviews (room, id) values ('project/${A}', 'i1'), ('project/${A}', 'i2'), ('project/${B}', 'i3');
    insert into prompts (room, id, "familyId") values ('project/${A}', 'p1', 'p1'), ('project/${A}', 'p2', 'p1'), ('project/${A}', 'p3', 'p3');
    insert into tasks (room, id, archived) values ('project/${A}', 't1', false), ('project/${A}', 't2', true);
    insert into commits (room, id) values ('record/${A}', 'c1'), ('record/${D}', 'c2');
    insert into columns (room, id) values ('project/${A}', 'k1'), ('project/${A}', 'k2'), ('project/${C}', 'k3');
  `)
  const { sql, parameters } = projectCounts()
  const { rows } = await db.query(`${sql} order by id`, [...parameters])
  expect(rows).toEqual([
    { id: A, interviews: 2, prompts: 2, tasks: 1, commits: 1 },
    { id: B, interviews: 1, prompts: 0, tasks: 0, commits: 0 },
    { id: C, interviews: 0, prompts: 0, tasks: 0, commits: 0 },
  ])
  await db.close()
})
