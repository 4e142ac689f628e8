import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { attemptsOf } from '#domain/attempts/queries.ts'
import type { Collection } from '#domain/core/collection.ts'
import { runCommand } from '#domain/core/command.ts'
import { type ListQuery, listSql } from '#domain/core/query.ts'
import { projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { projectAll, projectFromScratch } from '#domain/projection/project.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { cardsOf, columnsOf, taskById } from '#domain/tasks/queries.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { openTables, run } from '#tests/simulations/tables.ts'
import { listFromDocument, roomOf, rowsFromDocument } from './early-list.ts'

const asked = (query: ListQuery<unknown>) => ({ collection: query.collection.name, select: query.select, where: query.where })

it('REPLICA-15 a list from its document says exactly what the tables say', async () => {
  const world = seededWorld(7)
  const projectId = world.newId()
  const docs = new Map([teamRoom, projectRoom(projectId)].map((room) => [room, new Y.Doc()]))
  const docOf = (room: string): Y.Doc => docs.get(room as typeof teamRoom) ?? new Y.Doc()
  runCommand(createProject, docOf, world, { id: projectId, name: 'Shop' })
  const tasks = Array.from({ length: 5 }, (_, at) => ({ id: world.newId(), title: `Card "${at}" ü` }))
  expect(runCommand(createTasks, docOf, world, { projectId, key: 'SHOP', tasks }).ok).toBe(true)
  const db = await openTables()
  for (const [room, doc] of docs) await run(db, projectFromScratch(doc, room))
  const queries: ListQuery<unknown>[] = [projectsList(), columnsOf(projectId), cardsOf(projectId), taskById(projectId, tasks[2]?.id ?? '')]
  for (const query of queries) {
    const room = roomOf(asked(query))
    expect(room, query.key).not.toBeNull()
    const { sql, parameters } = listSql(query)
    const { rows } = await db.query<{ rows: unknown[] }>(`select json_agg(row_to_json(a)) as rows from (${sql}) a`, parameters)
    const byId = (list: unknown[]) => [...list].sort((a, b) => ((a as { id: string }).id < (b as { id: string }).id ? -1 : 1))
    const fromTables = byId(rows[0]?.rows ?? [])
    expect(fromTables.length, query.key).toBeGreaterThan(0)
    const rowsOf = (collection: Collection) => projectAll(docOf(room ?? ''), collection)
    expect(byId(JSON.parse(listFromDocument(asked(query), room ?? teamRoom, rowsOf)) as unknown[])).toEqual(fromTables)
    const ids = fromTables.map((row) => (row as { id: string }).id)
    const some = rowsFromDocument(asked(query), room ?? teamRoom, docOf(room ?? ''), [...ids, 'nobody'])
    expect(JSON.parse(JSON.stringify(some))).toEqual([...fromTables.map((row, at) => [ids[at], row]), ['nobody', null]])
  }
  await db.close()
})

it('REPLICA-15 knows the room a list is about, and leaves a list over several rooms to the tables', () => {
  const projectId = seededWorld(1).newId()
  expect(roomOf(asked(attemptsOf(projectId)))).toBe(recordRoom(projectId))
  expect(roomOf(asked(projectsList()))).toBe(teamRoom)
  expect(roomOf({ collection: 'tasks', select: ['id'], where: {} })).toBeNull()
  expect(roomOf({ collection: 'tasks', select: ['id'], where: { room: teamRoom } })).toBeNull()
  expect(roomOf({ collection: 'nothing', select: ['id'], where: {} })).toBeNull()
})
