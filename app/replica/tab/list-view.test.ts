import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { listRows } from '#domain/core/query.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { ListView, type Mark, unplaced } from './list-view.ts'

type Row = { id: string; title: string }
const query = listRows(tasks, ['title'], {})
const byId = (rows: readonly Record<string, unknown>[] | undefined) =>
  [...(rows ?? [])].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))

describe('a list as pages see it', () => {
  it('REPLICA-10 a change of one’s own is there at once and stays until the tables answer with it', () => {
    const view = new ListView(query)
    view.load([{ id: 'a', title: 'old' }], 5)
    const mark = unplaced()
    view.draw('a', 'team', { id: 'a', title: 'new' }, mark)
    expect(view.shown).toEqual([{ id: 'a', title: 'new' }])
    view.refresh(['a'], [{ id: 'a', title: 'old' }], 6)
    expect(view.shown).toEqual([{ id: 'a', title: 'new' }])
    mark.n = 7
    view.refresh(['a'], [{ id: 'a', title: 'old' }], 6)
    expect(view.shown).toEqual([{ id: 'a', title: 'new' }])
    view.refresh(['a'], [{ id: 'a', title: 'newest' }], 7)
    expect(view.shown).toEqual([{ id: 'a', title: 'newest' }])
  })

  it('REPLICA-11 unchanged rows stay the same objects, and nothing changed is the same array', () => {
    const view = new ListView(query)
    view.load(
      [
        { id: 'a', title: 'one' },
        { id: 'b', title: 'two' },
      ],
      1,
    )
    const [a, b] = view.shown ?? []
    const before = view.shown
    view.refresh(
      ['a', 'b'],
      [
        { id: 'b', title: 'two' },
        { id: 'a', title: 'one' },
      ],
      2,
    )
    expect(view.shown).toBe(before)
    view.load(
      [
        { id: 'a', title: 'changed' },
        { id: 'b', title: 'two' },
      ],
      3,
    )
    expect(view.shown?.[0]).not.toBe(a)
    expect(view.shown?.[1]).toBe(b)
    const mark = { n: 4 }
    view.draw('a', 'team', { id: 'a', title: 'drawn' }, mark)
    const drawn = view.shown
    view.refresh(['a'], [{ id: 'a', title: 'drawn' }], 4)
    expect(view.shown?.[0]).toBe(drawn?.[0])
  })

  it('REPLICA-11 one edit of a long list looks up no other row', () => {
    const view = new ListView(query)
    const rows = Array.from({ length: 1_000 }, (_, at) => ({ id: `r${at}`, title: 'old' }))
    view.load(rows, 1)
    const before = view.shown ?? []
    const lookedUp = vi.spyOn(Map.prototype, 'get')
    view.draw('r500', 'team', { id: 'r500', title: 'new' }, { n: 2 })
    view.draw('r1000', 'team', { id: 'r1000', title: 'added' }, { n: 3 })
    view.draw('r7', 'team', null, { n: 4 })
    const after = view.shown ?? []
    view.refresh(['r500'], [{ id: 'r500', title: 'new' }], 2)
    const settled = view.shown
    const times = lookedUp.mock.calls.length
    lookedUp.mockRestore()
    expect(times).toBeLessThan(30)
    expect(after).toHaveLength(1_000)
    expect(after.filter((row, at) => row !== before[at < 7 ? at : at + 1]).map((row) => row.title)).toEqual(['new', 'added'])
    expect(settled).toBe(after)
  })

  it('REPLICA-10 a row taken away and put back as it was is there again, before the tables know of either', () => {
    const view = new ListView(query)
    view.load([{ id: 'a', title: 'one' }], 1)
    view.draw('a', 'team', null, unplaced())
    expect(view.shown).toEqual([])
    view.draw('a', 'team', { id: 'a', title: 'one' }, unplaced())
    expect(view.shown).toEqual([{ id: 'a', title: 'one' }])
  })

  it('REPLICA-6 a room given up shows the tables again', () => {
    const view = new ListView(query)
    view.load([{ id: 'a', title: 'one' }], 1)
    view.draw('a', 'team', null, unplaced())
    view.draw('b', 'team', { id: 'b', title: 'refused' }, unplaced())
    view.draw('c', 'project/x', { id: 'c', title: 'elsewhere' }, unplaced())
    expect(byId(view.shown).map((row) => row.id)).toEqual(['b', 'c'])
    view.forget('team')
    expect(byId(view.shown).map((row) => row.id)).toEqual(['a', 'c'])
  })

  it('REPLICA-10 whatever the order of edits, commits and answers, the list ends as the document, and never shows a row older than what was drawn', () => {
    const edit = fc.record({
      kind: fc.constant('edit' as const),
      id: fc.constantFrom('a', 'b', 'c'),
      title: fc.option(fc.string({ maxLength: 3 }), { nil: null }),
    })
    const commit = fc.record({ kind: fc.constant('commit' as const) })
    const answer = fc.record({ kind: fc.constant('answer' as const), whole: fc.boolean() })
    fc.assert(
      fc.property(fc.array(fc.oneof(edit, commit, answer), { maxLength: 40 }), (steps) => {
        const view = new ListView(query)
        view.load([], 0)
        const document = new Map<string, Row>()
        let tables = new Map<string, Row>()
        let projected = 0
        const log: Mark[] = []
        const tell = (whole: boolean): void => {
          const rows = [...tables.values()].map((row) => ({ ...row }))
          if (whole) view.load(rows, projected)
          else view.refresh(['a', 'b', 'c'], rows, projected)
        }
        for (const step of steps) {
          if (step.kind === 'edit') {
            const row = step.title === null ? null : { id: step.id, title: step.title }
            if (row) document.set(step.id, row)
            else document.delete(step.id)
            const mark = unplaced()
            log.push(mark)
            view.draw(step.id, 'team', row, mark)
          } else if (step.kind === 'commit') {
            log.forEach((mark, at) => {
              mark.n = at + 1
            })
            tables = new Map(document)
            projected = log.length
          } else tell(step.whole)
          expect(byId(view.shown)).toEqual(byId([...document.values()]))
        }
      }),
      { numRuns: 500 },
    )
  })
})
