import { describe, expect, it } from 'vitest'
import { RoomTx } from '#domain/core/document.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { followUpTurn } from '#domain/sessions/queue.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { Device } from '#tests/simulations/seeded-world.ts'
import { composeReview, inReadingOrder, standingOf } from './review.ts'
import { addReviewNote, editReviewNote, removeReviewNote, sendReview } from './review-commands.ts'
import { reviewNotes } from './schema.ts'

const note = { path: 'src/pay.ts', side: 'new' as const, line: 7, quote: '  return total', body: 'Round it.', author: 'ada', turnId: null }
const turn = followUpTurn('m')

describe('a review', () => {
  it('REVIEW-1 tells the agent of each note where it stands, what the line says and who wrote it', () => {
    const gone = { ...note, side: 'old' as const, line: 3, quote: 'tax()', body: 'Why?\n\nIt was used.', author: 'bob' }
    expect(
      composeReview([note, gone], (id) => (id === 'ada' ? 'Ada' : 'Bob')),
    ).toBe(`Your change was reviewed, with 2 notes. Go through each of them.

1. \`src/pay.ts\`, line 7, by Ada:

       return total

   Round it.

2. \`src/pay.ts\`, line 3 (taken out), by Bob:

       tax()

   Why?

   It was used.`)
  })

  it('REVIEW-1 reads file by file, from top to bottom', () => {
    const at = (path: string, line: number, createdAt = 0) => ({ path, line, createdAt })
    expect(inReadingOrder([at('b', 1), at('a', 9), at('a', 2, 2), at('a', 2, 1)])).toEqual([
      at('a', 2, 1),
      at('a', 2, 2),
      at('a', 9),
      at('b', 1),
    ])
  })

  it('REVIEW-2 a note is addressed by a commit of its turn that changed its file, and a draft again when it was not sent', () => {
    const turns = (status: 'running' | 'done' | 'failed') => new Map([[turn, { status }]])
    const commit = (path: string, turnId = turn) => ({ turnId, sha: 'abc', changes: [{ path, added: 1, removed: 0 }] })
    const sent = { ...note, turnId: turn }
    expect(standingOf(note, turns('done'), [], true)).toEqual({ kind: 'draft' })
    expect(standingOf(sent, new Map(), [], false)).toEqual({ kind: 'sending' })
    expect(standingOf(sent, new Map(), [], true)).toEqual({ kind: 'draft' })
    expect(standingOf(sent, turns('running'), [], true)).toEqual({ kind: 'asked' })
    expect(standingOf(sent, turns('running'), [commit('src/pay.ts')], false)).toEqual({ kind: 'addressed', sha: 'abc' })
    expect(standingOf(sent, turns('done'), [commit('src/tax.ts'), commit('src/pay.ts', 'another')], false)).toEqual({ kind: 'passed-over' })
    expect(standingOf(sent, turns('failed'), [], false)).toEqual({ kind: 'passed-over' })
  })

  it('REVIEW-4 notes are everybody’s to see and to send, and their words only the writer’s to change', () => {
    const device = new Device(7)
    const projectId = device.world.newId()
    device.run(createProject, { id: projectId, name: 'Shop' })
    const board = (): RoomTx => new RoomTx(device.doc(projectRoom(projectId)), device.world)
    const as = (actor: string): Device => {
      Object.assign(device.world, { actor })
      return device
    }
    const [mine, his] = [device.world.newId(), device.world.newId()]
    const { turnId: _, author: __, ...words } = note
    const given = { projectId, taskId: 't', attemptId: 'a', ...words }
    expect(as('ada').run(addReviewNote, { ...given, id: mine })).toEqual({ ok: true, value: mine })
    expect(as('bob').run(addReviewNote, { ...given, id: his, body: ' ' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('A note needs words.'),
    })
    as('bob').run(addReviewNote, { ...given, id: his })
    expect(as('bob').run(editReviewNote, { projectId, id: mine, body: 'No.' })).toMatchObject({ code: 'note-not-yours' })
    expect(as('bob').run(removeReviewNote, { projectId, id: mine })).toMatchObject({ code: 'note-not-yours' })
    expect(as('ada').run(editReviewNote, { projectId, id: mine, body: 'Round it down.' })).toMatchObject({ ok: true })
    const messageId = device.world.newId()
    expect(as('bob').run(sendReview, { projectId, messageId, noteIds: [mine, his, 'gone'] })).toMatchObject({ ok: true })
    expect(
      board()
        .all(reviewNotes)
        .map(({ author, body, turnId, sentBy }) => [author, body, turnId, sentBy])
        .sort(),
    ).toEqual([
      ['ada', 'Round it down.', followUpTurn(messageId), 'bob'],
      ['bob', 'Round it.', followUpTurn(messageId), 'bob'],
    ])
    expect(as('ada').run(removeReviewNote, { projectId, id: mine })).toMatchObject({ ok: true })
    expect(as('ada').run(removeReviewNote, { projectId, id: mine })).toMatchObject({ code: 'note-not-found' })
  })
})
