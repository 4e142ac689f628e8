import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answerKey, type KeptAnswer, type KeptRows, type Question, rowsKey, rowsOfAnswer } from '../kept-answer.ts'
import type { Changed } from '../protocol.ts'
import { type Answered, type AnswerStore, type AnswerWorld, KeptAnswers } from './kept-answers.ts'

const tasks: Question = { sql: 'select id from tasks', parameters: ['a'], reads: ['tasks'] }
const repos: Question = { sql: 'select id from repos', parameters: [], reads: ['repos'] }

function memoryStore() {
  const kept = new Map<string, KeptAnswer>()
  const whole = new Map<string, KeptRows>()
  const store: AnswerStore = {
    all: async (prefix) => [...kept.values()].filter(({ key }) => key.startsWith(prefix)),
    put: async (answer, rows) => {
      kept.set(answer.key, answer)
      if (rows) whole.set(rows.key, rows)
    },
    removeReading: async (tables) => {
      for (const { key, reads } of [...kept.values()]) if (reads.some((table) => tables.includes(table))) kept.delete(key)
    },
    trim: async (most) => {
      for (const key of [...kept.keys()].slice(0, -most)) kept.delete(key)
    },
  }
  /** What a page would recall. */
  const find = (question: Question, version = 'v1'): string | null => {
    const key = answerKey(version, question)
    const answer = kept.get(key)
    const rows = answer && rowsOfAnswer(answer, whole.get(rowsKey(key)))
    return rows ? JSON.stringify(rows) : null
  }
  return { kept, whole, store, find }
}

/** Tables that can only be read whole. */
const reading = (read: AnswerWorld['read']): AnswerWorld => ({ read, rowsNow: () => null })
const rows = (rows: string, at = 5, changes = 0): Answered => ({ rows, at, isBehind: false, changes })
const none = reading(async () => rows('[]'))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('REPLICA-15 answers kept for the next start', () => {
  it('finds what was answered last, for the same question and the same shape of tables only', async () => {
    const { store, find } = memoryStore()
    ;(await KeptAnswers.open(store, 'v1', none)).answered(tasks, rows('[1]'))
    expect(find(tasks)).toBe('[1]')
    expect(find({ ...tasks, parameters: ['b'] })).toBeNull()
    expect(find(tasks, 'v2')).toBeNull()
  })

  it('drops an answer the moment one of its tables changes, and no other', async () => {
    const { store, find } = memoryStore()
    const answers = await KeptAnswers.open(
      store,
      'v1',
      reading(async () => rows('[2]')),
    )
    answers.answered(tasks, rows('[1]'))
    answers.answered(repos, rows('[9]'))
    answers.changed(['tasks'])
    expect(find(tasks)).toBeNull()
    expect(find(repos)).toBe('[9]')
  })

  it('drops what an earlier start kept as well', async () => {
    const { store, find } = memoryStore()
    ;(await KeptAnswers.open(store, 'v1', none)).answered(tasks, rows('[1]'))
    const next = await KeptAnswers.open(store, 'v1', none)
    next.changed(['tasks'])
    expect(find(tasks)).toBeNull()
  })

  it('keeps it anew once things are quiet, and not while changes go on', async () => {
    const { store, find } = memoryStore()
    const read = vi.fn(async () => rows('[2]', 5, answers.changes))
    const answers: KeptAnswers = await KeptAnswers.open(store, 'v1', reading(read))
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
    const answers = await KeptAnswers.open(store, 'v1', reading(read))
    answers.answered(tasks, rows('[1]'))
    answers.changed(['tasks'])
    await vi.advanceTimersByTimeAsync(4_000)
    answers.changed(['tasks'])
    finish(rows('["old"]'))
    await vi.advanceTimersByTimeAsync(1)
    expect(find(tasks)).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    finish(rows('["new"]', 5, answers.changes))
    await vi.advanceTimersByTimeAsync(1)
    expect(find(tasks)).toBe('["new"]')
  })

  it('what changed while the tables were read for a page is not overwritten either, and the answer is kept once things are quiet', async () => {
    const { store, find } = memoryStore()
    const answers: KeptAnswers = await KeptAnswers.open(
      store,
      'v1',
      reading(async () => rows('[2]', 5, answers.changes)),
    )
    const before = answers.changes
    answers.changed(['tasks'])
    answers.answered(tasks, rows('[1]', 5, before))
    expect(find(tasks)).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(find(tasks)).toBe('[2]')
  })

  it('tells whether a kept answer still holds: it is there, nothing it reads has changed, and the tables went no further', async () => {
    const { kept, store } = memoryStore()
    ;(await KeptAnswers.open(store, 'v1', none)).answered(tasks, rows('[1]', 7))
    const [{ keptAt = 0 } = {}] = kept.values()
    const answers = await KeptAnswers.open(store, 'v1', none)
    answers.tablesOpened(() => 7)
    expect(answers.holds(tasks, { keptAt, at: 7 })).toBe(true)
    expect(answers.holds(tasks, { keptAt: keptAt - 1, at: 7 })).toBe(false)
    expect(answers.holds(repos, { keptAt, at: 7 })).toBe(false)
    answers.changed(['tasks'])
    expect(answers.holds(tasks, { keptAt, at: 7 })).toBe(false)
    ;(await KeptAnswers.open(store, 'v1', none)).answered(tasks, rows('[1]', 7))
    const [{ keptAt: again = 0 } = {}] = kept.values()
    const further = await KeptAnswers.open(store, 'v1', none)
    further.tablesOpened(() => 8)
    expect(further.holds(tasks, { keptAt: again, at: 7 })).toBe(false)
  })

  it('a browser that keeps nothing has nothing to find', async () => {
    const answers = await KeptAnswers.open(null, 'v1', none)
    answers.answered(tasks, rows('[1]'))
    answers.changed(['tasks'])
    expect(answers.holds(tasks, { keptAt: Date.now(), at: 9 })).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  describe('a list is patched', () => {
    const cards: Question = { ...tasks, list: { collection: 'tasks', select: ['id', 'title'], where: {} } }

    /** A list in tables that follow a document, and what is kept of it through any number of lives. */
    async function board() {
      const { store, find, kept } = memoryStore()
      const tables = new Map<string, string>()
      const document = new Map<string, string>()
      const due = new Set<string>()
      let at = 0
      const world: AnswerWorld = {
        read: async () => ({ rows: shown(), at, isBehind: due.size > 0, changes: answers.changes }),
        rowsNow: (_list, ids) => {
          if (due.size > 0) return null
          return { at, rows: ids.map((id) => [id, document.has(id) ? { id, title: document.get(id) } : null]) }
        },
      }
      const shown = (): string => JSON.stringify([...tables].sort().map(([id, title]) => ({ id, title })))
      let answers = await KeptAnswers.open(store, 'v1', world)
      const dead = await KeptAnswers.open(null, 'v1', world)
      const edit = (id: string, title: string | null, isLocal = true): void => {
        if (isLocal) answers.changed(['tasks'])
        if (title === null) document.delete(id)
        else document.set(id, title)
        due.add(id)
      }
      const project = (changed: Changed = { tasks: [...due] }): void => {
        at++
        due.clear()
        tables.clear()
        for (const [id, title] of document) tables.set(id, title)
        answers.projected(changed)
      }
      return {
        edit,
        project,
        /** What a page would draw, in the order of ids. */
        recalled: (): string | null => {
          const rows = find(cards)
          return rows && JSON.stringify((JSON.parse(rows) as { id: string }[]).sort((a, b) => (a.id < b.id ? -1 : 1)))
        },
        shown,
        /** A page asks, as one that has just been opened or as one that has been there. */
        ask: async (isNew: boolean): Promise<boolean> => {
          const [known] = isNew ? kept.values() : []
          if (known && answers.holds(cards, known)) return true
          answers.answered(cards, await world.read(cards))
          return false
        },
        /** The leader dies before its store has heard of what comes. */
        forget: (): void => {
          answers = dead
        },
        restart: async (): Promise<void> => {
          vi.clearAllTimers()
          answers = await KeptAnswers.open(store, 'v1', world)
          answers.tablesOpened(() => at)
        },
      }
    }

    it('the moment the tables have a change, and counts from then on as they do; in the next life too', async () => {
      const { edit, project, recalled, shown, ask, restart } = await board()
      edit('a', 'one')
      project()
      await ask(false)
      vi.advanceTimersByTime(1_000)
      edit('b', 'two')
      expect(recalled()).toBeNull()
      project()
      expect(recalled()).toBe(shown())
      await restart()
      expect(await ask(true)).toBe(true)
      vi.advanceTimersByTime(1_000)
      edit('a', null)
      project()
      expect(recalled()).toBe('[{"id":"b","title":"two"}]')
    })

    it('not while the document is ahead of the tables, nor after they were written anew; then it is kept whole when things are quiet', async () => {
      const { edit, project, recalled, shown, ask } = await board()
      edit('a', 'one')
      project()
      await ask(false)
      edit('a', 'two')
      project({ tasks: 'all' })
      expect(recalled()).toBeNull()
      await vi.advanceTimersByTimeAsync(4_000)
      expect(recalled()).toBe(shown())
    })

    it('so that a page finds nothing or what the tables say, and never less than this device was told of', async () => {
      const step = fc.oneof(
        fc.record({
          do: fc.constant('edit' as const),
          id: fc.constantFrom('a', 'b', 'c'),
          title: fc.option(fc.string()),
          isLocal: fc.boolean(),
        }),
        fc.record({ do: fc.constantFrom('project', 'rewrite', 'ask', 'open', 'restart', 'wait', 'rest') }),
      )
      let found = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          vi.clearAllTimers()
          const { edit, project, recalled, shown, ask, restart } = await board()
          await ask(false)
          let isAhead = false
          for (const one of steps) {
            if (one.do === 'edit') edit(one.id, one.title, one.isLocal)
            if (one.do === 'project') project()
            if (one.do === 'rewrite') project({ tasks: 'all' })
            if (one.do === 'ask') await ask(false)
            if (one.do === 'open') await ask(true)
            if (one.do === 'restart') await restart()
            if (one.do === 'wait') await vi.advanceTimersByTimeAsync(300)
            if (one.do === 'rest') await vi.advanceTimersByTimeAsync(5_000)
            if (one.do === 'edit' && one.isLocal) isAhead = true
            if (['project', 'rewrite'].includes(one.do)) isAhead = false
            const now = recalled()
            if (now !== null) found++
            expect([null, isAhead ? null : shown()]).toContain(now)
          }
        }),
        { numRuns: 300 },
      )
      expect(found).toBeGreaterThan(300)
    })

    it('not where the tables went further in an earlier life than it did', async () => {
      const { edit, project, recalled, shown, ask, restart, forget } = await board()
      edit('a', 'one')
      project()
      await ask(false)
      await restart()
      forget()
      edit('a', 'two')
      project()
      await restart()
      edit('b', 'new')
      project()
      expect(recalled()).toBeNull()
      await vi.advanceTimersByTimeAsync(4_000)
      expect(recalled()).toBe(shown())
    })

    it('on the rows it was kept with, and no others', () => {
      const rows = { key: 'r', keptAt: 5, rows: new TextEncoder().encode('[{"id":"a"},{"id":"b"}]') }
      const answer = {
        key: 'a',
        question: tasks,
        reads: [],
        whole: 5,
        patch: '[["c",{"id":"c"}],["a",null],["d",null]]',
        size: 9,
        keptAt: 7,
        at: 1,
      }
      expect(rowsOfAnswer(answer, rows)).toEqual([{ id: 'b' }, { id: 'c' }])
      expect(rowsOfAnswer(answer, { ...rows, keptAt: 6 })).toBeNull()
      expect(rowsOfAnswer(answer, undefined)).toBeNull()
    })

    it('until so much has changed that it is better kept anew', async () => {
      const { edit, project, recalled, shown, ask } = await board()
      edit('a', 'one')
      project()
      await ask(false)
      vi.advanceTimersByTime(1_000)
      for (let id = 0; id < 501; id++) edit(`card ${id}`, 'new')
      project()
      expect(recalled()).toBeNull()
      await vi.advanceTimersByTimeAsync(4_000)
      expect(recalled()).toBe(shown())
    })
  })
})
