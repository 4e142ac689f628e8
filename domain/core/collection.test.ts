import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { collections } from '#domain/projection/collections.ts'
import { type Collection, defineCollection, type Field, isNoted, readRow } from './collection.ts'

const notes = defineCollection({
  name: 'notes',
  room: 'project',
  schema: z.object({
    title: z.string(),
    body: z.string().default('empty'),
    state: z.enum(['open', 'shut']),
    weight: z.number().default(3),
    done: z.boolean().default(true),
    owner: z.string().nullable().default(null),
    tags: z.array(z.string()).default(['a']),
    extra: z.record(z.string(), z.json()).default({}),
    shape: z.object({ x: z.number() }).nullable().default(null),
  }),
  longText: ['body'],
  indexes: [['owner']],
})

const inDocument = (fields: Record<string, unknown>): Y.Map<unknown> => {
  const map = new Y.Doc().getMap('row')
  for (const [name, value] of Object.entries(fields)) map.set(name, value)
  return map
}

describe('a collection describes its fields from the schema', () => {
  test('COLLECTION-1 kind, words, nullability and fallback follow from the schema alone', () => {
    const described = Object.fromEntries(notes.fields.map(({ name, shape: _shape, ...rest }) => [name, rest]))
    expect(described).toEqual({
      title: { kind: 'string', words: undefined, nullable: false, isIndexed: false, fallback: '' },
      body: { kind: 'text', words: undefined, nullable: false, isIndexed: false, fallback: 'empty' },
      state: { kind: 'string', words: ['open', 'shut'], nullable: false, isIndexed: false, fallback: 'open' },
      weight: { kind: 'number', words: undefined, nullable: false, isIndexed: false, fallback: 3 },
      done: { kind: 'boolean', words: undefined, nullable: false, isIndexed: false, fallback: true },
      owner: { kind: 'string', words: undefined, nullable: true, isIndexed: true, fallback: null },
      tags: { kind: 'json', words: undefined, nullable: false, isIndexed: false, fallback: ['a'] },
      extra: { kind: 'json', words: undefined, nullable: false, isIndexed: false, fallback: {} },
      shape: { kind: 'json', words: undefined, nullable: true, isIndexed: false, fallback: null },
    })
  })

  test('COLLECTION-2 no collection declares a field that is one of the stamps, or two collections of one name', () => {
    const stamps = ['room', 'id', 'createdAt', 'updatedAt', 'createdBy']
    expect(collections.flatMap(({ fields }) => fields.filter(({ name }) => stamps.includes(name)))).toEqual([])
    expect(new Set(collections.map(({ name }) => name)).size).toBe(collections.length)
  })
})

describe('the document guard', () => {
  test('COLLECTION-3 a row reads what the document holds, long text from its Y.Text', () => {
    const row = readRow(
      notes,
      'n1',
      inDocument({
        title: 'T',
        body: new Y.Text('long'),
        state: 'shut',
        weight: 7,
        done: false,
        owner: 'ada',
        tags: ['x'],
        createdAt: 5,
        updatedAt: 6,
        createdBy: 'ada',
      }),
    )
    expect(row).toEqual({
      id: 'n1',
      title: 'T',
      body: 'long',
      state: 'shut',
      weight: 7,
      done: false,
      owner: 'ada',
      tags: ['x'],
      extra: {},
      shape: null,
      createdAt: 5,
      updatedAt: 6,
      createdBy: 'ada',
    })
  })

  test('COLLECTION-4 what is of the wrong kind, or no word of the enum, reads as the fallback', () => {
    const row = readRow(
      notes,
      'n1',
      inDocument({ title: 5, body: 7, state: 'ajar', weight: 'heavy', done: 'yes', owner: {}, tags: 'x', createdAt: 'now', createdBy: 9 }),
    )
    expect(row).toMatchObject({
      title: '',
      body: 'empty',
      state: 'open',
      weight: 3,
      done: true,
      owner: null,
      tags: ['a'],
      createdAt: 0,
      createdBy: '',
    })
  })

  test('COLLECTION-5 numbers no table can hold read as the fallback', () => {
    for (const weight of [Number.NaN, Number.POSITIVE_INFINITY]) expect(readRow(notes, 'n', inDocument({ weight })).weight).toBe(3)
  })

  test('COLLECTION-6 a field nobody declared stays in the document and out of the row', () => {
    const map = inDocument({ title: 'T', surprise: 1 })
    expect(readRow(notes, 'n', map)).not.toHaveProperty('surprise')
    expect(map.get('surprise')).toBe(1)
  })

  test('COLLECTION-7 text that PostgreSQL cannot keep is shown with U+FFFD', () => {
    const half = '\ud83d'
    const row = readRow(
      notes,
      'n',
      inDocument({ title: `a\0b${half}`, body: new Y.Text(`${half}x`), tags: ['\0'], extra: { 'k\0': { deep: half } } }),
    )
    expect(row).toMatchObject({ title: 'a\ufffdb\ufffd', body: '\ufffdx', tags: ['\ufffd'], extra: { 'k\ufffd': { deep: '\ufffd' } } })
    expect(readRow(notes, 'n', inDocument({ title: 'whole 😀' })).title).toBe('whole 😀')
  })

  test('COLLECTION-9 a json field keeps only what has the declared shape; of a list it keeps the good items', () => {
    const row = (fields: Record<string, unknown>) => readRow(notes, 'n', inDocument(fields))
    expect(row({ tags: ['a', 5, null, 'b', {}] }).tags).toEqual(['a', 'b'])
    expect(row({ extra: 'text' }).extra).toEqual({})
    expect(row({ shape: { x: 'one' } }).shape).toBe(null)
    expect(row({ shape: { x: 1, more: true } }).shape).toEqual({ x: 1, more: true })
  })

  test('COLLECTION-8 whatever a foreign client wrote, every row of every collection has a storable value of the declared kind in every field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...collections), fc.infiniteStream(garbage), (collection, stream) => {
        const map = inDocument({})
        for (const { name } of [...collection.fields, { name: 'createdAt' }, { name: 'updatedAt' }, { name: 'createdBy' }]) {
          const value = stream.next().value
          if (value !== undefined) map.set(name, typeof value === 'function' ? value() : value)
        }
        for (const name of collection.contested) {
          for (const writer of ['1', '2', '2.1']) map.set(`~${name}~${writer}`, { value: plain(stream), by: 'eve', at: plain(stream) })
          map.set(`~${name}~3`, plain(stream))
          map.set(`~${name}~4`, { value: plain(stream), by: 'eve', at: 1 })
          map.set(`~${name}~5`, { value: map.get(name) instanceof Y.AbstractType ? null : map.get(name), by: 'eve', at: 2 })
        }
        const row = readRow(collection as Collection, 'id', map)
        for (const field of collection.fields)
          expect(isOfKind(field, row[field.name]), `${collection.name}.${field.name} ← ${inspect(map.get(field.name))}`).toBe(true)
        expect([typeof row.createdAt, typeof row.updatedAt, typeof row.createdBy]).toEqual(['number', 'number', 'string'])
        expect(JSON.stringify(row)).not.toContain('\\u0000')
        expect(JSON.parse(JSON.stringify(row))).toEqual(row)
      }),
      { numRuns: 500 },
    )
  })
})

/** Anything that fits into a Y.Map: every JSON value, bytes, and shared types where a plain value belongs. */
const garbage = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom(-0, [-0], { deep: [Number.NaN] }),
  fc.integer(),
  fc.boolean(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.jsonValue({ stringUnit: 'binary' }),
  fc.uint8Array(),
  fc.constantFrom(
    () => new Y.Text('typed'),
    () => new Y.Map([['a', 1]]),
    () => Y.Array.from([1, 2]),
  ),
)

/** The next that can stand inside a plain value. */
function plain(stream: Iterator<unknown>): unknown {
  const { value } = stream.next()
  return typeof value === 'function' ? null : value
}

function isOfKind(field: Field, value: unknown): boolean {
  if (value === null) return field.nullable || (field.kind === 'json' && field.fallback === null)
  if ((field.kind === 'json' || isNoted(field.kind)) && field.shape?.isList) return Array.isArray(value) && value.every(field.shape.fits)
  if (field.kind === 'json') return field.shape?.fits(value) === true
  if (field.kind === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (field.kind === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string' && !/[\ud800-\udfff]/u.test(value) && (field.words?.includes(value) ?? true)
}
