import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MemoryLogStore } from './log-store.ts'
import { UpdateLog } from './update-log.ts'

const bytes = (size = 1): Uint8Array => new Uint8Array(size).fill(7)
const touched = [['tasks', 'a']] as const

describe('the update log', () => {
  let store: MemoryLogStore
  beforeEach(() => {
    store = new MemoryLogStore()
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('REPLICA-2 answers that a change is kept only after the store took it', async () => {
    const log = await UpdateLog.open(store)
    let kept = false
    const n = log.append('team', bytes(), touched)
    void log.durable(n).then(() => {
      kept = true
    })
    store.failNextCommits = 2
    await vi.advanceTimersByTimeAsync(1_999)
    expect([kept, store.rows.size]).toEqual([false, 0])
    await vi.advanceTimersByTimeAsync(4_000)
    expect([kept, store.rows.size]).toEqual([true, 1])
  })

  it('REPLICA-2 says when the disk refuses and when it takes again, and gives out meanwhile what it could not write', async () => {
    const log = await UpdateLog.open(store)
    const trouble: (string | null)[] = []
    log.onTrouble = (error) => trouble.push(error?.message ?? null)
    store.failNextCommits = 1
    log.append('team', bytes(3), touched)
    await vi.advanceTimersByTimeAsync(10)
    expect((await log.read('team')).map((row) => row.bytes.length)).toEqual([3])
    await vi.advanceTimersByTimeAsync(2_100)
    expect(trouble).toEqual(['The disk is full.', null])
  })

  it('REPLICA-3 what waits for the server is known again after a restart, and numbers go on', async () => {
    const log = await UpdateLog.open(store)
    log.append('team', bytes(), touched)
    log.append('team', bytes(), null)
    await log.flushed()
    const again = await UpdateLog.open(store)
    expect([...again.waiting.values()]).toEqual([{ n: 1, room: 'team', touched }])
    expect([again.head('team'), again.append('team', bytes(), null)]).toEqual([2, 3])
  })

  it('REPLICA-5 a number that a power cut took from the log is not given again', async () => {
    const taken = (await UpdateLog.open(store, 1_000)).append('team', bytes(), null)
    expect((await UpdateLog.open(new MemoryLogStore(), 2_000)).append('team', bytes(), null)).toBeGreaterThan(taken)
    const ahead = new MemoryLogStore()
    ahead.rooms.set('team', { room: 'team', head: 3_000, rows: 1, bytes: 1, snapshotBytes: 0 })
    expect((await UpdateLog.open(ahead, 2_000)).append('team', bytes(), null), 'nor one of a clock that went backward').toBe(3_001)
  })

  it('REPLICA-3 an acknowledgement confirms its own room up to its own row', async () => {
    const log = await UpdateLog.open(store)
    for (const room of ['team', 'project/a', 'team']) log.append(room, bytes(), touched)
    const gone: number[] = []
    log.onWaiting = (_added, left) => gone.push(...left)
    log.confirm('team', 2)
    expect(gone).toEqual([1])
    expect([log.waitsIn('team'), log.waitsIn('team', 2), log.waitsIn('project/a')]).toEqual([true, false, true])
    await log.flushed()
    expect([...store.waiting.keys()]).toEqual([2, 3])
  })

  it('REPLICA-6 a refusal forgets that row and the later ones of its room, and nothing else', async () => {
    const log = await UpdateLog.open(store)
    log.append('team', bytes(), [['tags', 'before']])
    log.append('team', bytes(), [['tags', 'refused']])
    log.append('team', bytes(), null)
    log.append('project/a', bytes(), [['tasks', 'elsewhere']])
    log.append('team', bytes(), [['tags', 'built on it']])
    expect(log.refuse('team', 2)).toEqual([
      ['tags', 'refused'],
      ['tags', 'built on it'],
    ])
    // Even before the store has done it, nobody reads what is about to go.
    expect((await log.read('team')).map((row) => row.n)).toEqual([1, 3])
    await log.flushed()
    expect([...store.rows.keys()]).toEqual([1, 3, 4])
    expect([...store.waiting.keys()]).toEqual([1, 4])
    // The room ends where what is left of it does, for the next life too.
    expect(log.head('team')).toBe(5)
    log.endsAt('team', 3)
    await log.flushed()
    expect((await UpdateLog.open(store)).head('team')).toBe(3)
  })

  it('REPLICA-21 a room that is forgotten leaves nothing, also of what is on its way to the disk, and no other room is touched', async () => {
    const log = await UpdateLog.open(store)
    log.append('record/a', bytes(), null)
    log.append('project/a', bytes(), touched)
    await log.flushed()
    log.append('record/a', bytes(), null)
    const gone: number[] = []
    log.onWaiting = (_added, left) => gone.push(...left)
    await log.forget('record/a')
    expect([await log.read('record/a'), gone, log.rooms]).toEqual([[], [], ['project/a']])
    await log.flushed()
    expect([...store.rows.keys()]).toEqual([2])
    expect((await UpdateLog.open(store)).rooms).toEqual(['project/a'])
  })

  it('REPLICA-14 a long tail is merged into one row at its head, and never while something waits', async () => {
    const log = await UpdateLog.open(store)
    const waits = log.append('team', bytes(100), touched)
    for (let at = 0; at < 600; at++) log.append('team', bytes(100), null)
    expect(log.shouldMerge('team')).toBe(false)
    log.confirm('team', waits)
    expect(log.shouldMerge('team')).toBe(true)
    const rows = await log.read('team')
    log.append('team', bytes(9), null)
    log.merge('team', rows, bytes(50))
    await log.flushed()
    expect((await log.read('team')).map((row) => [row.n, row.bytes.length])).toEqual([
      [601, 50],
      [602, 9],
    ])
    expect([log.head('team'), log.shouldMerge('team')]).toEqual([602, false])
  })
})
