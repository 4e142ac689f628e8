import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readRow } from '#domain/core/collection.ts'
import { runCommand } from '#domain/core/command.ts'
import { eachRow } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { type Task, tasks } from '#domain/tasks/schema.ts'
import { startTestServer, until } from '#server/test-server.ts'

const world = () => ({ now: Date.now(), actor: 'ada', newId: randomUUID, random: Math.random })

test('TASK-14 B13 cards that were made offline get numbers of their own when they come; those everybody has read keep theirs', async () => {
  const server = await startTestServer()
  try {
    const projectId = randomUUID()
    const token = await server.token('member', 'Ada')
    const board = server.client(projectRoom(projectId), token)
    await until('the board is open', () => board.provider.synced)
    const team = new Y.Doc()
    runCommand(createProject, (room) => (room === 'team' ? team : board.doc), world(), { id: projectId, name: 'Web shop' })
    const away = [new Y.Doc(), new Y.Doc()]
    for (const doc of away) Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc))
    const add = (doc: Y.Doc, title: string) =>
      runCommand(createTasks, () => doc, world(), { projectId, key: 'WS', tasks: [{ id: randomUUID(), title }] })
    for (const [at, doc] of away.entries()) add(doc, `away ${at}`)
    // Later than those, and read by everybody before they come.
    add(board.doc, 'here')
    const numbers = (): string[] => {
      const found: string[] = []
      eachRow(board.doc, tasks, (id, map) => {
        const { title, shortId } = readRow(tasks, id, map) as Task
        found.push(`${shortId} ${title}`)
      })
      return found.sort()
    }
    const reader = server.client(projectRoom(projectId), token)
    await until('the server has the card', () => reader.provider.synced && reader.doc.getMap('tasks').size === 1)
    for (const doc of away) Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(doc))
    const isUnlike = () => new Set(numbers().map((each) => each.split(' ', 1)[0])).size === 3
    await until('no two are alike', isUnlike)
    expect(numbers()[0]).toBe('WS-1 here')
    expect(numbers().map((each) => each.split(' ', 1)[0])).toEqual(['WS-1', 'WS-2', 'WS-3'])
  } finally {
    await server.stop()
  }
})
