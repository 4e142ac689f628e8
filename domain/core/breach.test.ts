import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { projects } from '#domain/projects/schema.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { breachOf } from './breach.ts'

it('SCHEMA-1 X15 a field of a document answers to its schema, in its words', () => {
  expect(breachOf(tasks, 'title', 'x'.repeat(255))).toBeNull()
  expect(breachOf(tasks, 'title', 'x'.repeat(256))).toBe('A title can have at most 255 characters.')
  expect(breachOf(tasks, 'title', ' ')).toBe('A card needs a title.')
  expect(breachOf(projects, 'name', 'x'.repeat(256))).toBe('A project name can have at most 255 characters.')
  expect(breachOf(tasks, 'updatedAt', 'yesterday')).toContain('expected number')
  for (const value of [42, true, [], {}, new Uint8Array(1), new Y.Text('T'), new Y.Map()])
    expect(breachOf(tasks, 'title', value)).toContain('expected string')
  expect(breachOf(tasks, 'description', new Y.Text('T'))).toBeNull()
  expect(breachOf(tasks, 'description', new Y.Map())).not.toBeNull()
  expect(breachOf(tasks, 'labels', 'urgent')).not.toBeNull()
  expect(breachOf(columns, 'wipLimit', -1)).not.toBeNull()
})

it('SCHEMA-2 VERSION-1 what a newer version may mean is let be', () => {
  expect(breachOf(tasks, 'mood', 42)).toBeNull()
  expect(breachOf(tasks, 'status', 'frozen')).toBeNull()
  expect(breachOf(tasks, 'title', null)).toBeNull()
  expect(breachOf(tasks, 'checklist', [{ id: 'a', text: 'T', done: 'half' }])).toBeNull()
  expect(breachOf(projects, 'gitRepositoryInfo', { path: '/r', since: 1 })).toBeNull()
  expect(breachOf(tasks, 'lost', 'anything')).toBeNull()
})
