import { expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { promptOutcomes } from './prompt-outcomes.ts'

const A = '01890000-0000-7000-8000-00000000000a'

it('PROMPT-7 R12 acceptance, tokens, cost and rework of each version and model are what a count by hand gives', async () => {
  const db = await openTables()
  const room = `record/${A}`
  // v1 with GPT: one merged after two more rounds, one failed, one still runs. v1 built-in: merged at once. v2 with GPT: succeeded, not merged.
  await db.exec(`
    insert into attempts (room, id, "promptId", "modelLabel", agent, status) values
      ('${room}', 'a1', 'v1', 'GPT', 'openai', 'succeeded'), ('${room}', 'a2', 'v1', 'GPT', 'openai', 'failed'),
      ('${room}', 'a3', 'v1', 'GPT', 'openai', 'running'), ('${room}', 'a4', 'v1', '', 'builtin', 'succeeded'),
      ('${room}', 'a5', 'v2', 'GPT', 'openai', 'succeeded'), ('${room}', 'a6', null, 'GPT', 'openai', 'succeeded'),
      ('record/elsewhere', 'a7', 'v1', 'GPT', 'openai', 'succeeded');
    insert into turns (room, id, "attemptId", "promptTokens", "completionTokens", cost) values
      ('${room}', 't1', 'a1', 100, 10, 0.5), ('${room}', 't2', 'a1', 200, 20, null), ('${room}', 't3', 'a1', 300, 30, 0.25),
      ('${room}', 't4', 'a2', 70, 20, 0.25), ('${room}', 't5', 'a3', 0, 0, null), ('${room}', 't6', 'a4', 0, 0, null), ('${room}', 't7', 'a5', 5, 5, null);
    insert into merges (room, id, "attemptId", status) values
      ('${room}', 'm1', 'a1', 'merged'), ('${room}', 'm2', 'a1', 'merged'), ('${room}', 'm3', 'a4', 'merged'), ('${room}', 'm4', 'a5', 'closed');
  `)
  const { sql, parameters } = promptOutcomes(A)
  const { rows } = await db.query(sql, [...parameters])
  expect(rows).toEqual([
    {
      promptId: 'v1',
      model: 'GPT',
      attempts: 3,
      ended: 2,
      accepted: 1,
      tokens: (660 + 90 + 0) / 3,
      cost: (0.75 + 0.25) / 2,
      rework: 2 / 3,
    },
    { promptId: 'v1', model: 'builtin', attempts: 1, ended: 1, accepted: 1, tokens: 0, cost: null, rework: 0 },
    { promptId: 'v2', model: 'GPT', attempts: 1, ended: 1, accepted: 0, tokens: 10, cost: null, rework: 0 },
  ])
  await db.close()
})
