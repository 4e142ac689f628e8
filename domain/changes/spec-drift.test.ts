import { describe, expect, it } from 'vitest'
import { openTables } from '#tests/simulations/tables.ts'
import { driftOf, mergedFiles, namedFiles } from './spec-drift.ts'

const A = '01890000-0000-7000-8000-00000000000a'

describe('a specification whose code changed since (PROMPT-8, R16)', () => {
  const version = { content: 'The till is in `src/till.ts`, its words in words.json.', createdAt: 100, seen: [] as string[] }
  const merge = { id: 'm1', taskId: 't1', mergedAt: 200, paths: ['src/till.ts', 'docs/readme.md', 'app/words.json', 'src/other-till.ts'] }

  it('is marked by a merge that touched a file it names, with the files', () => {
    expect(driftOf(version, [merge])).toEqual([{ mergeId: 'm1', taskId: 't1', mergedAt: 200, paths: ['src/till.ts', 'app/words.json'] }])
  })

  it('not by a merge before it, one of other files, or one somebody has looked at', () => {
    expect(driftOf(version, [{ ...merge, mergedAt: 100 }])).toEqual([])
    expect(driftOf(version, [{ ...merge, paths: ['docs/readme.md'] }])).toEqual([])
    expect(driftOf({ ...version, seen: ['m1'] }, [merge])).toEqual([])
    expect(driftOf({ ...version, seen: ['m1'] }, [merge, { ...merge, id: 'm2' }])).toHaveLength(1)
  })

  it('names are paths and files with an ending, and no ordinary words', () => {
    expect(namedFiles('Change ./src/a.ts and Dockerfile, see docs/adr/0001 or https://a.b. Then stop. {{card.title}}')).toEqual(
      expect.arrayContaining(['src/a.ts', 'docs/adr/0001']),
    )
    expect(namedFiles('Plain words only. Nothing else, e. g. this.')).toEqual([])
  })

  it('the merges of a project come with what their commits touched, each file once', async () => {
    const db = await openTables()
    const room = `record/${A}`
    const changes = (...paths: string[]) => JSON.stringify(paths.map((path) => ({ path, added: 1, removed: 0 })))
    await db.exec(`
      insert into merges (room, id, "attemptId", status, "mergedAt") values
        ('${room}', 'm1', 'a1', 'merged', 200), ('${room}', 'm2', 'a2', 'closed', null), ('record/other', 'm3', 'a1', 'merged', 300);
      insert into commits (room, id, "attemptId", "taskId", changes) values
        ('${room}', 'c1', 'a1', 't1', '${changes('a.ts', 'b.ts')}'), ('${room}', 'c2', 'a1', 't1', '${changes('b.ts')}'),
        ('${room}', 'c3', 'a2', 't2', '${changes('c.ts')}');
    `)
    const { sql, parameters } = mergedFiles(A)
    expect((await db.query(sql, [...parameters])).rows).toEqual([{ id: 'm1', taskId: 't1', mergedAt: 200, paths: ['a.ts', 'b.ts'] }])
    await db.close()
  })
})
