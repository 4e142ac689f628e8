import type { ChangeSet, FileWrite } from '@electric-sql/pglite/memfs-frontend'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prebuiltDirectory } from '../../../bin/prebuilt-database.ts'
import { type Bytes, entriesOf, readDirectory, writeDirectory } from './change-file.ts'
import { startOn } from './engine.ts'
import { MemoryBytes } from './memory-bytes.ts'
import { TwoFiles } from './two-files.ts'

/** What a directory holds, in a form that can be compared. */
type Seen = Record<string, string>

const seen = (entries: Iterable<{ kind: 'dir' | 'file'; path: string; data?: Uint8Array }>): Seen =>
  Object.fromEntries([...entries].map(({ kind, path, data }) => [path, kind === 'dir' ? 'folder' : said(data ?? new Uint8Array())]))

const said = (data: Uint8Array): string => (data.length > 1_000_000 ? `${data.length} bytes` : Buffer.from(data).toString('hex'))

async function loaded(files: TwoFiles): Promise<Seen> {
  const found = []
  for await (const entry of files.load()) found.push(entry)
  return seen(found)
}

/** A file system as simple as can be: what a directory must be after some changes. */
class Model {
  readonly folders = new Set<string>()
  readonly files = new Map<string, number[]>()

  apply({ ops, files }: ChangeSet): void {
    for (const { op, path } of ops) {
      if (op === 'mkdir') this.folders.add(path)
      else
        for (const all of [this.folders, this.files])
          for (const one of [...all.keys()]) if (`${one}/`.startsWith(`${path}/`)) all.delete(one)
    }
    for (const { path, size, truncate, chunks } of [...files.wal, ...files.data, ...files.control]) {
      const bytes = this.files.get(path) ?? []
      if (truncate) bytes.length = Math.min(bytes.length, size)
      for (const { at, data } of chunks) for (let i = 0; i < data.length; i++) bytes[at + i] = data[i] ?? 0
      this.files.set(
        path,
        Array.from({ length: size }, (_, i) => bytes[i] ?? 0),
      )
    }
  }

  get seen(): Seen {
    return seen([
      ...[...this.folders].map((path) => ({ kind: 'dir' as const, path })),
      ...[...this.files].map(([path, bytes]) => ({ kind: 'file' as const, path, data: Uint8Array.from(bytes) })),
    ])
  }
}

const path = fc.constantFrom('/a', '/b', '/base/1', '/base/2', '/pg_wal/1', '/global/pg_control')
const chunk = fc.record({ at: fc.nat(40), data: fc.uint8Array({ minLength: 1, maxLength: 30 }) })

/** Changes to one file that begins, as the model says, with `size` bytes. */
function writes(model: Model): fc.Arbitrary<FileWrite> {
  return fc.record({ path, chunks: fc.array(chunk, { maxLength: 3 }), full: fc.boolean(), cut: fc.option(fc.nat(60)) }).map((made) => {
    const { path, chunks, full, cut } = made
    const whole = chunks[0]?.data ?? new Uint8Array()
    if (full) return { path, size: whole.length, full, truncate: true, chunks: whole.length ? [{ at: 0, data: whole }] : [] }
    const before = model.files.get(path)?.length ?? 0
    const reached = Math.max(cut ?? before, ...chunks.map(({ at, data }) => at + data.length))
    return { path, size: reached, full, truncate: cut !== null, chunks }
  })
}

const op = fc.oneof(
  fc.record({ op: fc.constant('remove' as const), path: fc.constantFrom('/base', '/base/1', '/a', '/none') }),
  fc.record({ op: fc.constant('mkdir' as const), path: fc.constantFrom('/base', '/other') }),
)

/** A run of changes, each made to fit those before. */
const schedule = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 12 }).map((seeds) => {
  const model = new Model()
  return seeds.map((seed): ChangeSet => {
    const pick = <T>(from: fc.Arbitrary<T>, salt: number): T => fc.sample(from, { seed: seed + salt, numRuns: 1 })[0] as T
    const ops = pick(fc.boolean(), 2) ? [pick(op, 1)] : []
    const changes: ChangeSet = { ops, files: { wal: [], data: [pick(writes(model), 3)], control: [] } }
    model.apply(changes)
    return changes
  })
})

const pair = (): [MemoryBytes, MemoryBytes] => [new MemoryBytes(), new MemoryBytes()]
const copy = (file: MemoryBytes): MemoryBytes => {
  const other = new MemoryBytes()
  other.write(file.all(), { at: 0 })
  return other
}
const nothing = async (): Promise<null> => null

/** A file whose disk dies at one moment: that operation does half of what it should, and none after it does anything. */
class Dying implements Bytes {
  static left = Number.POSITIVE_INFINITY
  readonly file: MemoryBytes

  constructor(file: MemoryBytes) {
    this.file = file
  }

  getSize = (): number => this.file.getSize()
  read = (into: Uint8Array, options: { at: number }): number => this.file.read(into, options)
  write = (from: Uint8Array, options: { at: number }): number => {
    if (this.#lives()) return this.file.write(from, options)
    if (Dying.left === 0) this.file.write(from.subarray(0, from.length >> 1), options)
    throw new Error('dead')
  }
  truncate = (size: number): void => {
    if (this.#lives()) this.file.truncate(size)
  }
  flush = (): void => {
    this.#lives()
  }
  close = (): void => {}

  #lives(): boolean {
    Dying.left--
    return Dying.left > 0
  }
}

describe('the two files of a database', () => {
  it('REPLICA-5 read back what was written, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (changes) => {
        const kept = pair()
        const files = new TwoFiles(kept, nothing)
        await loaded(files)
        const model = new Model()
        for (const one of changes) {
          await files.apply(one)
          model.apply(one)
        }
        expect(await loaded(new TwoFiles(kept, nothing))).toEqual(model.seen)
      }),
      { numRuns: 200 },
    )
  })

  it('REPLICA-5 a power cut leaves the directory as it was at one moment, never half of a change', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), async (changes, where, isCut) => {
        const kept = pair()
        const files = new TwoFiles(kept, nothing)
        const model = new Model()
        await loaded(files)
        const begun = kept[0].getSize()
        const moments = [model.seen]
        for (const one of changes) {
          await files.apply(one)
          model.apply(one)
          moments.push(model.seen)
        }
        const [file] = kept
        const at = begun + Math.floor(where * (file.getSize() - begun))
        // Either the end never came, or a piece in the middle did not and what was written later did.
        if (isCut) file.truncate(at)
        else file.write(new Uint8Array(Math.min(24, file.getSize() - at)).fill(0xa5), { at })
        const after = await loaded(new TwoFiles(kept, nothing))
        expect(moments.map((one) => JSON.stringify(one))).toContain(JSON.stringify(after))
        // And it goes on from there.
        const again = new TwoFiles(kept, nothing)
        await loaded(again)
        const last: FileWrite = { path: '/last', size: 1, full: true, truncate: true, chunks: [{ at: 0, data: Uint8Array.of(7) }] }
        await again.apply({ ops: [], files: { wal: [], data: [last], control: [] } })
        expect(await loaded(new TwoFiles(kept, nothing))).toEqual({ ...after, '/last': '07' })
      }),
      { numRuns: 200 },
    )
  })

  it('REPLICA-5 damage in what a directory began with is found, wherever it is', async () => {
    const made = new MemoryBytes()
    const entries = [
      { kind: 'dir' as const, path: '/base' },
      { kind: 'file' as const, path: '/base/1', data: new Uint8Array(300_000).map((_, at) => (at < 100_000 ? at : 0)) },
    ]
    writeDirectory(made, entries, 1)
    expect(seen(entriesOf(readDirectory(made.all()).directory))).toEqual(seen(entries))
    expect(made.getSize()).toBeLessThan(120_000)
    for (let at = 0; at < made.getSize(); at += at < 400 ? 1 : 997) {
      const bytes = made.all()
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      expect(() => readDirectory(bytes), `byte ${at}`).toThrow()
    }
  })

  it('REPLICA-5 a change of files that is cut off at any step loses nothing', { timeout: 60_000 }, async () => {
    const large: FileWrite = {
      path: '/large',
      size: 9_000_000,
      full: true,
      truncate: true,
      chunks: [{ at: 0, data: new Uint8Array(9_000_000).fill(5) }],
    }
    const small = (n: number): ChangeSet => ({
      ops: [],
      files: {
        wal: [],
        data: [{ path: '/small', size: 1, full: true, truncate: true, chunks: [{ at: 0, data: Uint8Array.of(n) }] }],
        control: [],
      },
    })
    const before = pair()
    const first = new TwoFiles(before, nothing)
    await loaded(first)
    await first.apply(small(1))
    let steps = 0
    for (let dies = 1; ; dies++) {
      const kept: [MemoryBytes, MemoryBytes] = [copy(before[0]), copy(before[1])]
      Dying.left = Number.POSITIVE_INFINITY
      const files = new TwoFiles([new Dying(kept[0]), new Dying(kept[1])], nothing)
      await loaded(files)
      Dying.left = dies
      // Too much for the first file: the directory is written anew to the other.
      await files.apply({ ops: [], files: { wal: [], data: [large], control: [] } })
      const isOver = Dying.left > 0
      Dying.left = Number.POSITIVE_INFINITY
      const again = new TwoFiles(kept, nothing)
      const after = await loaded(again)
      expect(after['/small']).toBe('01')
      if (dies > 1) expect(after['/large']).toBe('9000000 bytes')
      expect(kept.filter((file) => file.getSize() > 0)).toHaveLength(1)
      if (isOver) break
      steps++
    }
    expect(steps).toBeGreaterThan(5)
  })

  it('REPLICA-5 on a full disk the database goes on, and the next start makes a new one', async () => {
    const kept = pair()
    let isFull = false
    const limited = (file: MemoryBytes): Bytes => ({
      getSize: () => file.getSize(),
      read: (into, options) => file.read(into, options),
      write: (from, options) => file.write(isFull ? from.subarray(0, from.length >> 1) : from, options),
      truncate: (size) => file.truncate(size),
      flush: () => undefined,
      close: () => undefined,
    })
    const database = await startOn(new TwoFiles([limited(kept[0]), limited(kept[1])], prebuiltDirectory))
    await database.exec('create table kept (n int); insert into kept values (1)')
    isFull = true
    await database.exec('insert into kept select generate_series(2, 20000)')
    expect((await database.query('select count(*)::int as n from kept')).rows).toEqual([{ n: 20_000 }])
    await database.close()
    isFull = false
    expect(new TwoFiles(kept, prebuiltDirectory).isMade).toBe(false)
    const again = await startOn(new TwoFiles(kept, prebuiltDirectory))
    expect((await again.query(`select to_regclass('kept') as found, to_regclass('tasks') is not null as made`)).rows).toEqual([
      { found: null, made: true },
    ])
    await again.close()
  })

  it('REPLICA-5 PostgreSQL finds what it committed, killed at any moment, through changes of files', { timeout: 60_000 }, async () => {
    const kept = pair()
    const database = await startOn(new TwoFiles(kept, prebuiltDirectory))
    await database.exec('create table kept (n int primary key, words text)')
    const generations = new Set<number>()
    for (let n = 0; n < 45; n++) {
      await database.query(`insert into kept select $1::int * 1000 + i, repeat('words', 380) from generate_series(1, 100) i`, [n])
      if (n % 15 === 10) await database.exec('checkpoint')
      generations.add(kept[0].getSize() > 0 ? 0 : 1)
      if (n % 22 !== 21) continue
      // Nobody closed anything.
      const other = await startOn(new TwoFiles([copy(kept[0]), copy(kept[1])], prebuiltDirectory))
      expect((await other.query('select count(*)::int as n, count(distinct n)::int as different from kept')).rows).toEqual([
        { n: (n + 1) * 100, different: (n + 1) * 100 },
      ])
      await other.close()
    }
    expect(generations.size).toBe(2)
    await database.close()
  })
})
