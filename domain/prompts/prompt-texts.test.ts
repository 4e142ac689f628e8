import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { promptTexts } from './queries.ts'

it('TEAM-2 the texts in which a tag is counted are the newest ones of each prompt, in no deleted project', async () => {
  const db = await openTables()
  await db.exec(`
    insert into projects (room, id, name, "deletedAt") values ('team', 'a', 'A', null), ('team', 'b', 'B', 5);
    insert into prompts (room, id, "projectId", "parentId", content) values
      ('project/a', 'p1', 'a', null, 'first'), ('project/a', 'p2', 'a', 'p1', 'second'), ('project/a', 'p3', 'a', null, 'other'),
      ('project/b', 'p4', 'b', null, 'deleted'), ('project/c', 'p5', 'c', null, 'of nobody');
  `)
  const { sql, parameters } = promptTexts()
  expect((await db.query(sql, [...parameters])).rows).toEqual([
    { id: 'p2', projectId: 'a', content: 'second' },
    { id: 'p3', projectId: 'a', content: 'other' },
  ])
  await db.close()
})
