import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { namesIn } from './names-in.ts'

const hash = (digit: string): string => digit.repeat(64)
const link = (digit: string): string => `![till](/blobs/${hash(digit)})`

it('PICTURE-8 a document names what stands in any row, field or list, declared or not, and in a text typed in pieces', () => {
  const doc = new Y.Doc()
  const row = new Y.Map<unknown>()
  doc.getMap('tasks').set('t', row)
  row.set('description', new Y.Text(`See ${link('1')}`))
  row.set('history', [{ from: { description: link('2') } }])
  doc.getMap('of a newer version').set('x', { deep: [link('3')] })
  const list = new Y.Array<string>()
  doc.getMap('more').set('list', list)
  list.push([link('4')])
  const text = row.get('description') as Y.Text
  const inside = 'See ![till](/blobs/'.length + 30
  text.insert(inside, '\n')
  text.format(inside + 2, 5, { bold: true })
  expect(namesIn([Y.encodeStateAsUpdate(doc)]).sort()).toEqual(['2', '3', '4'].map(hash))
  text.delete(inside, 1)
  expect(namesIn([Y.encodeStateAsUpdate(doc)]).sort()).toEqual(['1', '2', '3', '4'].map(hash))
  doc.getMap('tasks').delete('t')
  expect(namesIn([Y.encodeStateAsUpdate(doc)]).sort()).toEqual(['3', '4'].map(hash))
})

it('PICTURE-8 what waits for an update that is not there yet names its pictures already', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('t').insert(0, 'before ')
  doc.getText('t').insert(7, link('5'))
  expect(namesIn(updates.slice(1))).toEqual([hash('5')])
})

it('PICTURE-8 longer and shorter numbers name nothing', () => {
  const doc = new Y.Doc()
  doc.getMap('m').set('m', [`${hash('6')}6`, hash('6').slice(1), hash('6').toUpperCase().replaceAll('6', 'F')])
  expect(namesIn([Y.encodeStateAsUpdate(doc)])).toEqual([])
})
