import { describe, expect, it, vi } from 'vitest'
import { listRows } from '#domain/core/query.ts'
import { tasks } from '#domain/tasks/schema.ts'
import type { Told } from '../protocol.ts'
import { LiveQueries } from './live-queries.ts'
import type { Recalled } from './recall.ts'

const query = listRows(tasks, ['title'], {})
const list = (title: string) => [{ id: 'a', title }]
const rows = (title: string): string => JSON.stringify(list(title))
const STAMPS = { createdAt: 1, updatedAt: 1, createdBy: 'ada' }
const kept = { keptAt: 100, at: 7 }

/** A tab's queries before a leader that answers when told to, and what the page drew. */
function open(recalled: Recalled | null, onTrouble: (cause: string | null) => void = (cause) => expect.unreachable(cause ?? '')) {
  const asked: { fresh: boolean; kept?: unknown; answer: (told: Told['query']) => void }[] = []
  const queries = new LiveQueries(
    ({ whole }) => new Promise((answer) => asked.push({ fresh: whole?.fresh === true, kept: whole?.kept, answer })),
    async () => recalled,
    onTrouble,
  )
  const live = queries.watch(query)
  const drawn: unknown[] = []
  live.subscribe(() => drawn.push((live.get()?.[0] as { title: string } | undefined)?.title))
  return { queries, asked, drawn, live }
}

describe('REPLICA-15 what was drawn last is drawn first', () => {
  it('without a word from whoever leads; where it still holds it does not come again, and edits since are drawn over it', async () => {
    const { queries, asked, drawn, live } = open({ rows: list('kept'), kept })
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(drawn).toEqual(['kept'])
    expect(asked[0]).toMatchObject({ fresh: true, kept })
    const before = live.get()
    queries.draw('project/x', 'tasks', 'a', { ...STAMPS, id: 'a', title: 'edited' }, { n: 9 })
    queries.show()
    asked[0]?.answer({ at: 8, isSame: true })
    await vi.waitFor(() => expect(drawn.at(-1)).toBe('edited'))
    expect(before?.[0]).toEqual({ id: 'a', title: 'kept' })
  })

  it('and where it does not, the answer takes its place', async () => {
    const { asked, drawn } = open({ rows: list('kept'), kept })
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    asked[0]?.answer({ at: 8, rows: rows('newer') })
    await vi.waitFor(() => expect(drawn).toEqual(['kept', 'newer']))
  })

  it('where nothing is kept, whoever leads may answer early, and is asked again for what the tables say', async () => {
    const { asked, drawn } = open(null)
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]).toMatchObject({ fresh: false, kept: undefined })
    asked[0]?.answer({ at: 0, rows: rows('early'), isEarly: true })
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]).toMatchObject({ fresh: true, kept: undefined })
    asked[1]?.answer({ at: 8, rows: rows('whole') })
    await vi.waitFor(() => expect(drawn).toEqual(['early', 'whole']))
  })

  it('once the tables have answered nothing is recalled: they are as quick, and never older', async () => {
    const { queries, asked } = open({ rows: list('kept'), kept })
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    asked[0]?.answer({ at: 8, rows: rows('newer') })
    await vi.waitFor(() => expect(queries.watch(query).get()).toEqual([{ id: 'a', title: 'newer' }]))
    const other = queries.watch(listRows(tasks, ['title'], { projectId: 'p' }))
    const drawn: unknown[] = []
    other.subscribe(() => drawn.push(other.get()))
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect([drawn, asked[1]?.kept]).toEqual([[], undefined])
  })
})

it('REPLICA-8 another leader is asked anew, but not twice what nobody has answered yet', async () => {
  const { queries, asked } = open(null)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  queries.refetchAll()
  asked[0]?.answer({ at: 8, rows: rows('one') })
  await vi.waitFor(() => expect(queries.watch(query).get()).toEqual(list('one')))
  expect(asked).toHaveLength(1)
  queries.refetchAll()
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  queries.refetchAll()
  asked[1]?.answer({ at: 9, rows: rows('two') })
  await vi.waitFor(() => expect(asked).toHaveLength(3))
})

it('REPLICA-8 REPLICA-30 a question that failed is said as long as it has no answer, and asked again of another leader', async () => {
  const said: (string | null)[] = []
  const { queries, asked } = open(null, (cause) => said.push(cause))
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  asked[0]?.answer({ error: 'The database is not open.' })
  await vi.waitFor(() => expect(said).toEqual(['The database is not open.']))
  queries.refetchAll()
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  asked[1]?.answer({ at: 8, rows: rows('one') })
  await vi.waitFor(() => expect(said).toEqual(['The database is not open.', null]))
})
