import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AnswerStore, type KeptAnswer, KeptAnswers, type Question } from './kept-answers.ts'

const tasks: Question = { sql: 'select id from tasks', parameters: ['a'], reads: ['tasks'] }
const repos: Question = { sql: 'select id from repos', parameters: [], reads: ['repos'] }

function memoryStore() {
  const kept = new Map<string, KeptAnswer>()
  const store: AnswerStore = {
    find: async (key) => kept.get(key),
    put: async (answer) => void kept.set(answer.key, answer),
    removeReading: async (tables) => {
      for (const { key, reads } of [...kept.values()]) if (reads.some((table) => tables.includes(table))) kept.delete(key)
    },
    trim: async (most) => {
      for (const key of [...kept.keys()].slice(0, -most)) kept.delete(key)
    },
  }
  return { kept, store }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('REPLICA-15 answers kept for the next start', () => {
  it('finds what was answered last, for the same question and the same shape of tables only', async () => {
    const { store } = memoryStore()
    new KeptAnswers(store, 'v1', async () => '[]').answered(tasks, '[1]')
    const next = new KeptAnswers(store, 'v1', async () => '[]')
    expect(await next.find(tasks)).toBe('[1]')
    expect(await next.find({ ...tasks, parameters: ['b'] })).toBeNull()
    expect(await new KeptAnswers(store, 'v2', async () => '[]').find(tasks)).toBeNull()
  })

  it('drops an answer the moment one of its tables changes, and no other', async () => {
    const { store } = memoryStore()
    const answers = new KeptAnswers(store, 'v1', async () => '[2]')
    answers.answered(tasks, '[1]')
    answers.answered(repos, '[9]')
    answers.changed(['tasks'])
    expect(await answers.find(tasks)).toBeNull()
    expect(await answers.find(repos)).toBe('[9]')
  })

  it('drops what an earlier start kept as well', async () => {
    const { store } = memoryStore()
    new KeptAnswers(store, 'v1', async () => '[]').answered(tasks, '[1]')
    const next = new KeptAnswers(store, 'v1', async () => '[]')
    next.changed(['tasks'])
    expect(await next.find(tasks)).toBeNull()
  })

  it('keeps it anew once things are quiet, and not while changes go on', async () => {
    const { store } = memoryStore()
    const read = vi.fn(async () => '[2]')
    const answers = new KeptAnswers(store, 'v1', read)
    answers.answered(tasks, '[1]')
    for (let at = 0; at < 5; at++) {
      answers.changed(['tasks'])
      await vi.advanceTimersByTimeAsync(2_000)
    }
    expect(read).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(read).toHaveBeenCalledTimes(1)
    expect(await answers.find(tasks)).toBe('[2]')
  })

  it('a change during the reading is not overwritten by what was read before it', async () => {
    const { store } = memoryStore()
    let finish: (rows: string) => void = () => undefined
    const read = vi.fn(() => new Promise<string>((resolve) => (finish = resolve)))
    const answers = new KeptAnswers(store, 'v1', read)
    answers.answered(tasks, '[1]')
    answers.changed(['tasks'])
    await vi.advanceTimersByTimeAsync(4_000)
    answers.changed(['tasks'])
    finish('[old]')
    await vi.advanceTimersByTimeAsync(1)
    expect(await answers.find(tasks)).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    finish('[new]')
    await vi.advanceTimersByTimeAsync(1)
    expect(await answers.find(tasks)).toBe('[new]')
  })

  it('a browser that keeps nothing has nothing to find', async () => {
    const answers = new KeptAnswers(null, 'v1', async () => '[]')
    answers.answered(tasks, '[1]')
    answers.changed(['tasks'])
    expect(await answers.find(tasks)).toBeNull()
    expect(vi.getTimerCount()).toBe(0)
  })
})
