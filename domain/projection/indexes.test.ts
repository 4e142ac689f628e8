import { expect, it } from 'vitest'
import { attempts } from '#domain/attempts/schema.ts'
import { commits } from '#domain/changes/schema.ts'
import type { Collection } from '#domain/core/collection.ts'
import { interviews } from '#domain/interviews/schema.ts'
import { models } from '#domain/models/schema.ts'
import { projects } from '#domain/projects/schema.ts'
import { prompts } from '#domain/prompts/schema.ts'
import { cardMessages, sessions } from '#domain/sessions/schema.ts'
import { comments, tasks } from '#domain/tasks/schema.ts'
import { members, settings, tags } from '#domain/team/schema.ts'
import { openTables } from '#tests/simulations/tables.ts'

/** What queries look for rows by: the list of the entities' page, and what was added since. */
const LOOKED_FOR: readonly (readonly [Collection, ...(readonly string[])])[] = [
  [projects, 'name'],
  [interviews, 'projectId', 'status'],
  [prompts, 'projectId'], [prompts, 'interviewId'], [prompts, 'parentId'], [prompts, 'type'],
  [tasks, 'projectId'], [tasks, 'promptId'], [tasks, 'status'], [tasks, 'columnId', 'order'], [tasks, 'shortId'], [tasks, 'parentAttemptId'], [cardMessages, 'taskId'],
  [comments, 'taskId'],
  [attempts, 'taskId'], [attempts, 'status'],
  [sessions, 'attemptId', 'status'],
  [commits, 'taskId'], [commits, 'projectId'], [commits, 'type'], [commits, 'timestamp'],
  [models, 'name'], [models, 'providerId'], [models, 'usageType'], [models, 'isActive'],
  [settings, 'key'], [tags, 'tagName'], [members, 'username'],
] // biome-ignore format: one collection a line

it('X17 what rows are looked for by has an index that is used, and none is read whole for it', async () => {
  const db = await openTables()
  // The tables are empty here, where reading all of one is always quickest.
  await db.exec('set enable_seqscan = off')
  const scanned: string[] = []
  for (const [collection, ...fields] of LOOKED_FOR) {
    const type = (name: string): string => {
      const kind = collection.fields.find((field) => field.name === name)?.kind
      return kind === 'number' ? '1' : kind === 'boolean' ? 'true' : "'x'"
    }
    const where = fields.map((name) => `"${name}" = ${type(name)}`).join(' and ')
    const plan = JSON.stringify((await db.query(`explain select id from "${collection.name}" where ${where}`)).rows)
    if (plan.includes('Seq Scan') || plan.includes('Filter') || !plan.includes('Index Cond'))
      scanned.push(`${collection.name} by ${fields.join(', ')}: ${plan}`)
  }
  expect(scanned).toEqual([])
  await db.close()
})
