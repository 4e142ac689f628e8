import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { rowsOf } from '#domain/core/document.ts'
import { columns, tasks } from '#domain/tasks/schema.ts'
import { boardUpdates } from './board.ts'
import { editsOf } from './edits.ts'
import { askFrame, readFrame, updateFrame } from './frames.ts'
import { reached } from './reached.ts'

const PROJECT = '11111111-1111-4111-8111-111111111111'

describe('what the driver sends', () => {
  it('BENCH-6 a board is its chunks: every card once, the columns once, the same bytes every time', () => {
    const doc = new Y.Doc()
    for (const update of boardUpdates(PROJECT, 1_050)) Y.applyUpdate(doc, update)
    expect(rowsOf(doc, tasks).size).toBe(1_050)
    expect(rowsOf(doc, columns).size).toBe(5)
    expect(boardUpdates(PROJECT, 20)).toEqual(boardUpdates(PROJECT, 20))
  })

  it('BENCH-7 edits apply to the board they were made for, and the last one wins', () => {
    const doc = new Y.Doc()
    for (const update of boardUpdates(PROJECT, 20)) Y.applyUpdate(doc, update)
    const edits = editsOf(PROJECT, 20, 3, 40)
    expect(edits.updates).toHaveLength(40)
    for (const update of edits.updates) Y.applyUpdate(doc, update)
    const titles = [...rowsOf(doc, tasks).values()].map((row) => row.get('title'))
    expect(titles).toContain('the title as writer 3 left it, edit 39')
    expect(Y.encodeStateVector(doc).length).toBeGreaterThan(2)
    expect(doc.store.pendingStructs).toBeNull()
  })

  it('BENCH-8 arrived edits are counted alike one by one and merged into one update', () => {
    const edits = editsOf(PROJECT, 20, 0, 10)
    const counts: number[] = []
    for (const update of edits.updates) reached(update, (client, clock) => client === edits.client && counts.push(edits.countAt(clock)))
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const merged: number[] = []
    reached(Y.mergeUpdates(edits.updates), (client, clock) => client === edits.client && merged.push(edits.countAt(clock)))
    expect(merged).toEqual([10])
  })

  it('BENCH-9 frames read back as what they were, in either dialect', () => {
    const update = editsOf(PROJECT, 5, 0, 1).updates[0] ?? new Uint8Array()
    for (const dialect of ['slipway', 'hocuspocus'] as const) {
      expect(readFrame(dialect, updateFrame(dialect, 'project/x', update))).toEqual({ kind: 'update', update })
      expect(readFrame(dialect, askFrame(dialect, 'project/x'))).toEqual({ kind: 'ask' })
    }
    expect(readFrame('slipway', new Uint8Array([64, 5]))).toEqual({ kind: 'ack', count: 5 })
    expect(readFrame('y-websocket', new Uint8Array([1, 0]))).toEqual({ kind: 'other' })
  })
})
