import { TRPCClientError } from '@trpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accept, refuse } from '#domain/core/refusal.ts'
import type { Consequence } from '../protocol.ts'
import { Outbox, type OutboxStore, type Queued, readFailure, type Sent } from './outbox.ts'

const item = (id: string, rooms: string[] = []): Consequence => ({ id, procedure: `do.${id}`, input: null, rooms })

/** A disk and a server with levers. */
function world({ isFull = false } = {}) {
  const kept = new Map<number, Queued>()
  const store: OutboxStore = {
    load: async () => [...kept.values()].map((row) => ({ ...row })),
    save: async (row) => {
      if (isFull) throw new Error('full')
      kept.set(row.place, { ...row })
    },
    remove: async (place) => {
      if (isFull) throw new Error('full')
      kept.delete(place)
    },
  }
  const sent: string[] = []
  const answers: Sent[] = []
  const waiting = new Set<string>()
  const pictures = { arrive: [] as (() => void)[], areOnTheirWay: false }
  const heard: string[] = []
  const open = () =>
    Outbox.open({
      store,
      send: async ({ id }) => {
        sent.push(id)
        return answers.shift() ?? { kind: 'answer', answer: accept('done') }
      },
      isWaitingIn: (room) => waiting.has(room),
      picturesAreThere: async () => {
        if (pictures.areOnTheirWay) await new Promise<void>((resolve) => pictures.arrive.push(resolve))
      },
      onItems: () => undefined,
      onAnswered: (id, answer) => heard.push(`${id} ${answer.ok ? 'ok' : answer.message}`),
    })
  return { kept, sent, answers, waiting, pictures, heard, open }
}

describe('the outbox', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('REPLICA-7 sends in order, each after the one before, and forgets what was answered', async () => {
    const { open, sent, heard, kept } = world()
    const outbox = await open()
    for (const id of ['a', 'b', 'c']) await outbox.add(item(id))
    await vi.runAllTimersAsync()
    expect([sent, heard, kept.size, outbox.items]).toEqual([['a', 'b', 'c'], ['a ok', 'b ok', 'c ok'], 0, []])
  })

  it('REPLICA-7 waits for its rooms to be on the server, and so does everything behind it', async () => {
    const { open, sent, waiting } = world()
    waiting.add('project/x')
    const outbox = await open()
    await outbox.add(item('a', ['project/x']))
    await outbox.add(item('b'))
    await vi.runAllTimersAsync()
    expect(sent).toEqual([])
    waiting.clear()
    outbox.wake()
    await vi.runAllTimersAsync()
    expect(sent).toEqual(['a', 'b'])
  })

  it('REPLICA-26 waits for pictures that were on their way when it was made, also over a restart; one about the record alone does not', async () => {
    const { open, sent, pictures } = world()
    pictures.areOnTheirWay = true
    const outbox = await open()
    await outbox.add(item('of the record', ['record/x']))
    await outbox.add(item('a', ['project/x', 'record/x']))
    pictures.areOnTheirWay = false
    await outbox.add(item('b', ['project/x']))
    outbox.wake()
    await vi.runAllTimersAsync()
    expect(sent).toEqual(['of the record'])

    pictures.areOnTheirWay = true
    const [ofTheFirst] = pictures.arrive.splice(0)
    const next = await open()
    next.wake()
    await vi.runAllTimersAsync()
    expect(sent).toHaveLength(1)
    for (const arrive of pictures.arrive) arrive()
    await vi.runAllTimersAsync()
    expect(sent).toEqual(['of the record', 'a', 'b'])
    ofTheFirst?.()
    await vi.runAllTimersAsync()
    expect(sent.slice(3), 'the first, that still lives, sends them under the same ids').toEqual(['a', 'b'])
  })

  it('REPLICA-7 a server out of reach keeps it, also over a restart, under the same id', async () => {
    const { open, sent, answers, heard } = world()
    answers.push({ kind: 'unreachable' }, { kind: 'unreachable' })
    const first = await open()
    await first.add(item('a'))
    await vi.advanceTimersByTimeAsync(0)
    expect(first.items.map((one) => one.state)).toEqual(['waiting'])
    const second = await open()
    second.wake()
    await vi.runAllTimersAsync()
    expect(new Set(sent)).toEqual(new Set(['a']))
    expect(heard).toContain('a ok')
  })

  it('REPLICA-7 a refused one stays with its sentence until dismissed', async () => {
    const { open, answers, kept } = world()
    answers.push({ kind: 'answer', answer: refuse('no', 'No repository is linked.') })
    const outbox = await open()
    await outbox.add(item('a'))
    await vi.runAllTimersAsync()
    expect((await open()).items).toMatchObject([{ id: 'a', state: 'refused', message: 'No repository is linked.' }])
    await outbox.dismiss('a')
    expect(kept.size).toBe(0)
  })

  it('REPLICA-7 one that makes the server fail again and again gives way to the next', async () => {
    const { open, sent, answers, heard } = world()
    answers.push(...Array.from({ length: 5 }, (): Sent => ({ kind: 'failed' })))
    const outbox = await open()
    await outbox.add(item('a'))
    await outbox.add(item('b'))
    await vi.runAllTimersAsync()
    expect(sent).toEqual(['a', 'a', 'a', 'a', 'a', 'b'])
    expect(heard[0]).toContain('failed to do this five times')
  })

  it('REPLICA-23 a disk that refuses holds up no call, and keeps no answer from whoever asked', async () => {
    const { open, sent, heard } = world({ isFull: true })
    const outbox = await open()
    for (const id of ['a', 'b']) await outbox.add(item(id))
    await vi.runAllTimersAsync()
    expect([sent, heard, outbox.items]).toEqual([['a', 'b'], ['a ok', 'b ok'], []])
  })

  it('REPLICA-8 the same call given twice is kept once', async () => {
    const { open, sent } = world()
    const outbox = await open()
    await Promise.all([outbox.add(item('a')), outbox.add(item('a'))])
    await vi.runAllTimersAsync()
    expect(sent).toEqual(['a'])
  })

  it.each([
    [
      { httpStatus: 403, refusal: { code: 'forbidden', message: 'Members only.' } },
      { kind: 'answer', answer: { ok: false, code: 'forbidden', message: 'Members only.' } },
    ],
    [{ httpStatus: 401, refusal: { code: 'unauthenticated', message: 'Sign in first.' } }, { kind: 'unreachable' }],
    [{ httpStatus: 429, refusal: { code: 'rate-limited', message: 'Too fast.' } }, { kind: 'unreachable' }],
    [{ httpStatus: 502 }, { kind: 'unreachable' }],
    [{ httpStatus: 503, refusal: { code: 'not-saving', message: 'The disk is full.' } }, { kind: 'unreachable' }],
    [{ httpStatus: 500, refusal: { code: 'server-error', message: 'Something went wrong.' } }, { kind: 'failed' }],
    [undefined, { kind: 'unreachable' }],
    // VERSION-3: a page of another version asked for what this server does not have.
    [{ httpStatus: 404 }, { kind: 'answer', answer: { ok: false, code: 'unknown-procedure' } }],
    [{ httpStatus: 409 }, { kind: 'answer', answer: { ok: false, code: 'refused' } }],
  ])('REPLICA-7 reads %o as %o', (data, expected) => {
    const error = Object.assign(new TRPCClientError('said so'), { data })
    expect(readFailure(error)).toMatchObject(expected)
  })
})
