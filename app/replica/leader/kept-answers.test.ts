import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerKey, type KeptAnswer, type Question } from '../kept-answer.ts'
import { type Answered, type AnswerStore, KeptAnswers } from './kept-answers.ts'

const tasks: Question = { sql: 'select id from tasks', parameters: ['a'], reads: ['tasks'] }
const repos: Question = { sql: 'select id from repos', parameters: [], reads: ['repos'] }

function memoryStore() {
  const kept = new Map<string, KeptAnswer>()
  const store: AnswerStore = {
    has: async (key, keptAt) => kept.get(key)?.keptAt === keptAt,
    put: async (answer) => void kept.set(answer.key, answer),
    removeReading: async (tables) => {
      for (const { key, reads } of [...kept.values()]) if (reads.some((table) => tables.includes(table))) kept.delete(key)
    },
    trim: async (most) => {
      for (const key of [...kept.keys()].slice(0, -most)) kept.delete(key)
    },
  }
  /** What a page would recall. */
  const find = (question: Question, version = 'v1'): string | null => {
    const rows = kept.get(answerKey(version, question))?.rows
    return rows ? new TextDecoder().decode(rows) : null
  }
  return { kept, store, find }
}

const rows = (rows: string, at = 5, changes = 0): Answered => ({ rows, at, changes })
const none = async (): Promise<Answered> => rows('[]')

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('REPLICA-15 answers kept for the next start', () => {
  it('finds what was answered last, for the same question and the same shape of tables only', async () => {
    const { store, find } = memoryStore()
    new KeptAnswers(store, 'v1', none).answered(tasks, rows('[1]'))
    expect(find(tasks)).toBe('[1]')
    expect(find({ ...tasks, parameters: ['b'] })).toBeNull()
    expect(find(tasks, 'v2')).toBeNull()
  })

  it('drops an answer the moment one of its tables changes, and no other', async () => {
    const { store, find } = memoryStore()
    const answers = new KeptAnswers(store, 'v1', async () => rows('[2]'))
    answers.answered(tasks, rows('[1]'))
    answers.answered(repos, rows('[9]'))
    answers.changed(['tasks'])
    expect(find(tasks)).toBeNull()
    expect(find(repos)).toBe('[9]')
  })

  it('drops what an earlier start kept as well', async () => {
    const { store, find } = memoryStore()
    new KeptAnswers(store, 'v1', none).answered(tasks, rows('[1]'))
    const next = new KeptAnswers(store, 'v1', none)
    next.changed(['tasks'])
    expect(find(tasks)).toBeNull()
  })

  it('keeps it anew once things are quiet, and not while changes go on', async () => {
    const { store, find } = memoryStore()
    const read = vi.fn(async () => rows('[2]', 5, answers.changes))
    const answers: KeptAnswers = new KeptAnswers(store, 'v1', read)
    answers.answered(tasks, rows('[1]'))
    for (let at = 0; at < 5; at++) {
      answers.changed(['tasks'])
      await vi.advanceTimersByTimeAsync(2_000)
    }
    expect(read).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(read).toHaveBeenCalledTimes(1)
    expect(find(tasks)).toBe('[2]')
  })

  it('a change during the reading is not overwritten by what was read before it', async () => {
    const { store, find } = memoryStore()
    let finish: (answer: Answered) => void = () => undefined
    const read = vi.fn(() => new Promise<Answered>((resolve) => (finish = resolve)))
    const answers = new KeptAnswers(store, 'v1', read)
    answers.answered(tasks, rows('[1]'))
    answers.changed(['tasks'])
    await vi.advanceTimersByTimeAsync(4_000)
    answers.changed(['tasks'])
    finish(rows('[old]'))
    await vi.advanceTimersByTimeAsync(1)
    expect(find(tasks)).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    finish(rows('[new]', 5, answers.changes))
    await vi.advanceTimersByTimeAsync(1)
    expect(find(tasks)).toBe('[new]')
  })

  it('what changed while the tables were read for a page is not overwritten either, and the answer is kept once things are quiet', async () => {
    const { store, find } = memoryStore()
    const answers: KeptAnswers = new KeptAnswers(store, 'v1', async () => rows('[2]', 5, answers.changes))
    const before = answers.changes
    answers.changed(['tasks'])
    answers.answered(tasks, rows('[1]', 5, before))
    expect(find(tasks)).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(find(tasks)).toBe('[2]')
  })

  it('tells whether a kept answer still holds: it is there, nothing it reads has changed, and the tables went no further', async () => {
    const { kept, store } = memoryStore()
    new KeptAnswers(store, 'v1', none).answered(tasks, rows('[1]', 7))
    const [{ keptAt = 0 } = {}] = kept.values()
    const answers = new KeptAnswers(store, 'v1', none)
    expect(await answers.holds(tasks, { keptAt, at: 7 }, 7)).toBe(true)
    expect(await answers.holds(tasks, { keptAt, at: 7 }, 8)).toBe(false)
    expect(await answers.holds(tasks, { keptAt: keptAt - 1, at: 7 }, 7)).toBe(false)
    expect(await answers.holds(repos, { keptAt, at: 7 }, 7)).toBe(false)
    answers.changed(['tasks'])
    expect(await answers.holds(tasks, { keptAt, at: 7 }, 7)).toBe(false)
  })

  it('a browser that keeps nothing has nothing to find', async () => {
    const answers = new KeptAnswers(null, 'v1', none)
    answers.answered(tasks, rows('[1]'))
    answers.changed(['tasks'])
    expect(await answers.holds(tasks, { keptAt: Date.now(), at: 9 }, 0)).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })
})
