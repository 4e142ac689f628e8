import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Malformed } from './reader.ts'
import { encodeVarUints, isEmptyVector, StateVector } from './state-vector.ts'
import { readUpdateShape } from './update-frame.ts'

const text = fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('👩‍🚀é漢'))
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt({ min: 0n, max: 2n ** 60n }),
  fc.uint8Array({ maxLength: 10 }),
  fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 3 }),
  fc.dictionary(text, fc.integer(), { maxKeys: 3, noNullPrototype: true }),
)
const element = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.uint8Array({ maxLength: 10 }))

type Edit = (doc: Y.Doc) => void
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(50), text).map(
    ([at, words]): Edit =>
      (doc) =>
        doc.getText('t').insert(Math.min(at, doc.getText('t').length), words),
  ),
  fc.tuple(fc.nat(50), fc.nat(5)).map(
    ([at, count]): Edit =>
      (doc) => {
        const target = doc.getText('t')
        if (at < target.length) target.delete(at, Math.min(count, target.length - at))
      },
  ),
  fc.tuple(fc.nat(20), text).map(
    ([at, key]): Edit =>
      (doc) => {
        const target = doc.getText('t')
        if (at < target.length) target.format(at, 1, { [key || 'bold']: true })
      },
  ),
  fc.nat(20).map(
    (at): Edit =>
      (doc) =>
        doc.getText('t').insertEmbed(Math.min(at, doc.getText('t').length), { image: 'x' }),
  ),
  fc.tuple(text, value).map(
    ([key, given]): Edit =>
      (doc) =>
        void doc.getMap('m').set(key, given),
  ),
  text.map(
    (key): Edit =>
      (doc) =>
        doc.getMap('m').delete(key),
  ),
  fc.array(element, { minLength: 1, maxLength: 4 }).map(
    (values): Edit =>
      (doc) =>
        doc.getArray('a').push(values),
  ),
  text.map(
    (key): Edit =>
      (doc) =>
        void doc.getMap('m').set(key, new Y.Map([['x', new Y.Text('deep')]])),
  ),
  fc.constant<Edit>((doc) => doc.getXmlFragment('x').push([new Y.XmlElement('p'), new Y.XmlText('words')])),
  fc.constant<Edit>((doc) => void doc.getMap('m').set('sub', new Y.Doc())),
  fc.constant<Edit>((doc) => doc.getXmlFragment('x').push([new Y.XmlHook('hook') as unknown as Y.XmlElement])),
)

/** Real updates of two people who edit, delete and merge. */
function updatesOf(edits: readonly [boolean, Edit][]): Uint8Array[] {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  const updates: Uint8Array[] = []
  for (const doc of docs) doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const [first, make] of edits) make(first ? docs[0] : docs[1])
  updates.push(Y.encodeStateAsUpdate(docs[0]), Y.mergeUpdates(updates), Y.diffUpdate(Y.mergeUpdates(updates), Y.encodeStateVector(docs[1])))
  return updates
}

/** The same bound Yjs puts: does it read to the end? */
function yjsReads(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update)
    return true
  } catch {
    return false
  }
}

describe('the structural check of updates', { timeout: 90_000 }, () => {
  it('FRAME-1 passes everything Yjs writes, with the clocks Yjs counts', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), edit), { minLength: 1, maxLength: 25 }), (edits) => {
        for (const update of updatesOf(edits)) {
          const { ranges, isEmpty } = readUpdateShape(update)
          const { from, to } = Y.parseUpdateMeta(update)
          for (const [client, start] of from) expect(ranges.some((range) => range.client === client && range.start === start)).toBe(true)
          for (const [client, end] of to) expect(ranges.some((range) => range.client === client && range.end === end)).toBe(true)
          expect(isEmpty).toBe(update.length === 2)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('FRAME-2 never passes what Yjs cannot read, and refuses only with Malformed', () => {
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.option(fc.nat()) })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), edit), { minLength: 1, maxLength: 12 }),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (edits, mutations) => {
          for (const update of updatesOf(edits)) {
            let bytes = update.slice()
            for (const { at, byte, cut } of mutations) {
              if (bytes.length) bytes[at % bytes.length] = byte
              if (cut !== null) bytes = bytes.slice(0, cut % (bytes.length + 1))
            }
            let passed = true
            try {
              readUpdateShape(bytes)
            } catch (thrown) {
              expect(thrown).toBeInstanceOf(Malformed)
              passed = false
            }
            if (passed) expect(yjsReads(bytes)).toBe(true)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('FRAME-3 refuses a count that the bytes cannot hold at once', () => {
    const bomb = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0, 0, 0, 0, 0, 0, 0)
    expect(() => readUpdateShape(bomb)).toThrow(Malformed)
    expect(() => readUpdateShape(new Uint8Array(0))).toThrow(Malformed)
    const nested = Uint8Array.of(1, 1, 1, 0, 8, 1, 1, 109, 1, ...new Array<number>(5_000).fill(117).flatMap((kind) => [kind, 1]), 126, 0)
    expect(() => readUpdateShape(nested)).toThrow(/nested too deeply/)
  })
})

describe('what every Yjs reads and breaks on', () => {
  /** One struct of client 5, given the bytes from its info on. */
  const one = (...bytes: number[]): Uint8Array => Uint8Array.of(1, 1, 5, 0, ...bytes, 0)
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const inText = [1, 1, 116]
  const cases: [string, Uint8Array][] = [
    ['it stands after itself', one(0x84, 5, 0, 1, 97)],
    ['it stands before a later one of its own client', one(0x44, 5, 9, 1, 97)],
    ['it stands in a later one of its own client', one(4, 0, 5, 9, 1, 97)],
    ['a subdocument has no options', one(9, ...inText, 1, 103, 126)],
    ['its JSON is nested too deeply', one(5, ...inText, ...encodeVarUints([deep.length]), ...Buffer.from(deep))],
  ]

  it.each(cases)('FRAME-5 X14 is refused: %s', (_words, update) => {
    const doc = new Y.Doc()
    expect(() => {
      Y.applyUpdate(doc, update)
      Y.encodeStateAsUpdate(doc)
    }, 'a document breaks on it').toThrow()
    expect(() => readUpdateShape(update)).toThrow(Malformed)
  })

  it('FRAME-5 brackets in texts are no depth', () => {
    const text = JSON.stringify([`${'['.repeat(300)}\\"${'{'.repeat(300)}`])
    expect(readUpdateShape(one(5, ...inText, ...encodeVarUints([text.length]), ...Buffer.from(text))).ranges).toHaveLength(1)
  })

  it('FRAME-6 X14 an update or a question that speaks of too many clients is refused', () => {
    const many = (each: number[], end: number[]): Uint8Array =>
      Buffer.concat([encodeVarUints([200_001]), Buffer.alloc(200_001 * each.length, Buffer.from(each)), Buffer.from(end)])
    expect(() => readUpdateShape(many([1, 7, 0, 0, 1], [0]))).toThrow(/too many clients/)
    expect(() => isEmptyVector(many([7, 1], []))).toThrow(/too many clients/)
  })
})

describe('the state vector of a log', { timeout: 90_000 }, () => {
  it('FRAME-4 equals what a document of the same updates says, in any order of arrival', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), edit), { minLength: 1, maxLength: 25 }),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (edits, dice) => {
          const updates = updatesOf(edits)
            .slice(0, -3)
            .map((update) => ({ update, place: dice.next().value as number }))
          const vector = new StateVector()
          const doc = new Y.Doc()
          for (const { update } of updates.sort((a, b) => a.place - b.place)) {
            vector.add(readUpdateShape(update).ranges)
            Y.applyUpdate(doc, update)
          }
          expect(Y.decodeStateVector(vector.encode())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)))
        },
      ),
      { numRuns: 200 },
    )
  })
})
