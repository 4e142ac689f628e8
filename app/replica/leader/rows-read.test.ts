import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { rowsOf } from '#domain/core/document.ts'
import { projectAll } from '#domain/projection/project.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { RowsRead } from './rows-read.ts'

function write(doc: Y.Doc, id: string, title: string): void {
  rowsOf(doc, tasks).set(id, new Y.Map([['title', title]]))
}

it('REPLICA-15 rows of a document are read once until it changes or the tables have them', () => {
  const doc = new Y.Doc()
  write(doc, 'a', 'Quay')
  const read = new RowsRead()
  const first = read.of(doc, tasks)
  expect(first).toEqual(projectAll(doc, tasks))
  expect(read.of(doc, tasks)).toBe(first)
  expect(read.of(doc, columns)).toEqual([])

  write(doc, 'b', 'Crane')
  expect(read.of(doc, tasks).map(({ title }) => title)).toEqual(['Quay', 'Crane'])
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  rowsOf(other, tasks).delete('a')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  const third = read.of(doc, tasks)
  expect(third.map(({ title }) => title)).toEqual(['Crane'])

  expect(read.take(doc, tasks)).toBe(third)
  expect(read.take(doc, tasks)).not.toBe(third)
  const again = read.of(doc, tasks)
  read.forget()
  expect(read.take(doc, tasks)).not.toBe(again)
})
