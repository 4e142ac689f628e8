import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attempts } from '#domain/attempts/schema.ts'
import type { Collection } from '#domain/core/collection.ts'
import type { SqlQuery } from '#domain/core/query.ts'
import { chatRoom, projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { interviews, messages } from '#domain/interviews/schema.ts'
import { upsertRows } from '#domain/projection/tables.ts'
import { projects } from '#domain/projects/schema.ts'
import { prompts } from '#domain/prompts/schema.ts'
import { sessions } from '#domain/sessions/schema.ts'
import { comments, tasks } from '#domain/tasks/schema.ts'
import { openTables } from '#tests/simulations/tables.ts'
import { findSaid, findThings, wordsOf } from './find.ts'

let db: PGlite
const put = (collection: Collection, room: string, rows: readonly Record<string, unknown>[]): Promise<unknown> =>
  db.query(upsertRows(collection), [JSON.stringify(rows.map((row, at) => ({ createdAt: at, updatedAt: at, ...row }))), room])
const ask = async <R>(query: SqlQuery<R> | null): Promise<R[]> => (query ? (await db.query<R>(query.sql, [...query.parameters])).rows : [])
const things = async (typed: string, here: string | null = null): Promise<string[]> =>
  (await ask(findThings(typed, here))).map(({ kind, id }) => `${kind} ${id}`)
const said = async (typed: string): Promise<string[]> => (await ask(findSaid(typed))).map(({ kind, id, text }) => `${kind} ${id}: ${text}`)

const card = (id: string, projectId: string, title: string, more = {}) => ({
  ...{ id, projectId, title, description: '', shortId: '', status: 'todo', archived: false, suggested: 'no' },
  ...more,
})

beforeAll(async () => {
  db = await openTables()
  await put(projects, teamRoom, [
    { id: 'h', name: 'Harbour', key: 'HAR', description: '', archived: false },
    { id: 's', name: 'Shop', key: 'SHO', description: 'Sells rope', archived: false },
    // PROJECT-6: nothing of a deleted project is found.
    { id: 'g', name: 'Rope and quay at night', key: 'ROP', description: '', archived: false, deletedAt: 5 },
  ])
  await put(tasks, projectRoom('h'), [
    card('lamp', 'h', 'Light the quay', { shortId: 'HAR-2', description: 'Ten lanterns along the north quay, 100% LED' }),
    card('rope', 'h', 'Rope for the ferry', { shortId: 'HAR-21' }),
    card('old', 'h', 'Paint the quay', { archived: true }),
    card('never', 'h', 'Sell the quay', { suggested: 'rejected' }),
    card('große', 'h', 'Größe der Fähre'),
    card('mixed', 'h', 'Sync with gitHub', { shortId: 'HAR-7', description: 'Every nightlyBuild, ПрисТань' }),
  ])
  await put(tasks, projectRoom('s'), [card('shelf', 's', 'Shelf for rope'), card('lost', 'nowhere', 'Rope of no project')])
  await put(tasks, projectRoom('g'), [card('gone', 'g', 'Rope, quay and night of a deleted project')])
  await put(comments, projectRoom('g'), [{ id: 'gone too', taskId: 'gone', body: 'Rope at the quay at night', createdAt: 10 }])
  await put(prompts, projectRoom('h'), [
    { id: 'p1', familyId: 'p1', projectId: 'h', title: 'Quay', content: 'Build a quay', parentId: null, version: 1, label: 'draft' },
    {
      id: 'p2',
      familyId: 'p1',
      projectId: 'h',
      title: 'Quay',
      content: 'Build a long quay',
      parentId: 'p1',
      version: 2,
      label: 'approved',
    },
  ])
  await put(interviews, projectRoom('h'), [{ id: 'i', projectId: 'h', title: 'What the harbour needs', status: 'active' }])
  await put(attempts, recordRoom('h'), [{ id: 'a', taskId: 'lamp', projectId: 'h' }])
  await put(sessions, recordRoom('h'), [{ id: 'c', attemptId: 'a' }])
  await put(messages, chatRoom('i'), [
    { id: 'm1', role: 'assistant', content: 'Who moors here at night?' },
    { id: 'm2', role: 'user', content: 'Pilots, and the night ferry' },
    { id: 'm5', role: 'assistant', content: 'Which of the night pilo', status: 'failed', createdAt: 8 },
  ])
  await put(messages, chatRoom('c'), [
    { id: 'm3', role: 'assistant', content: 'The lamps  are\nwired for the night', createdAt: 7 },
    { id: 'm4', role: 'tool', content: 'night night' },
    { id: 'm6', role: 'assistant', content: 'I began with the dynamo', status: 'failed', createdAt: 6 },
  ])
  await put(comments, projectRoom('h'), [{ id: 'k', taskId: 'rope', body: 'At night it freezes', createdAt: 9 }])
})
afterAll(() => db.close())

describe('what is looked for', () => {
  it('FIND-1 B15 is found by every word of it, in names first, then in texts, with the words around it', async () => {
    expect(await things('quay')).toEqual(['prompt p2', 'card old', 'card lamp'])
    expect(await things('NORTH quay')).toEqual(['card lamp'])
    expect(await ask(findThings('lanterns', null))).toEqual([
      {
        ...{ kind: 'card', id: 'lamp', projectId: 'h', projectName: 'Harbour', name: 'Light the quay', shortId: 'HAR-2' },
        ...{ status: 'todo', archived: false, text: 'Ten lanterns along the north quay, 100% LED' },
      },
    ])
  })

  it('FIND-1 has each word somewhere: in its short id, its name or its text', async () => {
    expect(await things('har-7 github nightlybuild')).toEqual(['card mixed'])
    expect(await things('har-7 github nightlybuilds')).toEqual([])
  })

  it('FIND-1 is a short id before it is a word, and nearer in the project one is in', async () => {
    expect(await things('har-2')).toEqual(['card lamp', 'card rope'])
    expect(await things('rope')).toEqual(['card rope', 'card shelf', 'project s'])
    expect(await things('for', 's')).toEqual(['card shelf', 'card rope'])
  })

  it('FIND-1 is the letters themselves, in any case and any script', async () => {
    expect(await things('100%')).toEqual(['card lamp'])
    expect(await things('_')).toEqual([])
    expect(await things('fähre GRÖSSE'.replace('SS', 'ß'))).toEqual(['card große'])
    expect(await things('GitHUB')).toEqual(['card mixed'])
    expect(await things('пРИСтань')).toEqual(['card mixed'])
    expect(await things('ф.*')).toEqual([])
    expect(await things('fähr. größe')).toEqual([])
    expect(await things("quay'; drop table tasks --")).toEqual([])
    expect(await things('  ')).toEqual([])
  })

  it('FIND-1 is found with letters beyond A to Z exactly where an expression that knows both cases finds it', async () => {
    const letters = fc
      .array(fc.constantFrom(...'akKsSzßẞäÄöÖüÜéÉøØıIİſςσΣжЖџЏǅ漢字🙂'), { minLength: 1, maxLength: 4 })
      .map((some) => some.join(''))
    const beyond = letters.filter((word) => !/^[a-z]*$/i.test(word))
    await fc.assert(
      fc.asyncProperty(beyond, letters, letters, async (word, before, after) => {
        for (const title of [`${before}${word.toUpperCase()}${after}`, `${before}${word.toLowerCase()}${after}`, before + after]) {
          await put(tasks, projectRoom('h'), [card('letters', 'h', title)])
          const knows = 'select $1 ~* $2 or strpos($1, $3) > 0 as has'
          const { rows } = await db.query<{ has: boolean }>(knows, [title, word, word.toLowerCase()])
          expect((await things(word)).includes('card letters'), `${word} in ${title}`).toBe(rows[0]?.has)
        }
      }),
      { numRuns: 60 },
    )
    await put(tasks, projectRoom('h'), [card('letters', 'h', 'Rejected', { suggested: 'rejected' })])
  })

  it('FIND-2 B15 is found where it was said last, by the card or the interview, but not in what tools did', async () => {
    expect(await said('night')).toEqual([
      'card rope: At night it freezes',
      'card lamp: The lamps are wired for the night',
      'interview i: Pilots, and the night ferry',
    ])
    expect(await said('ni')).toEqual([])
  })

  it('FIND-2 is not found in half a question that was stopped, which no page shows; what an agent broke off at a card is shown', async () => {
    expect(await said('which')).toEqual([])
    expect(await said('dynamo')).toEqual(['card lamp: I began with the dynamo'])
  })
})

it('FIND-1 of what is typed only so many words count', () => {
  expect(wordsOf(' a  b\tc ')).toEqual(['a', 'b', 'c'])
  expect(wordsOf('x '.repeat(100))).toHaveLength(8)
})
