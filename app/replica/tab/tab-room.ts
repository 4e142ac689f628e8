import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { RoomName } from '#domain/core/rooms.ts'
import { collectionsIn, watchRows } from '#domain/projection/project.ts'
import type { RowRef } from '../protocol.ts'
import { OthersWrites } from './others-writes.ts'

/** Marks what came from the leader: somebody else's change, or our own from before. */
export const FROM_LEADER = Symbol('from the leader')

export type RoomEvents = {
  /** This tab changed the document. */
  onLocal: (room: TabRoom, bytes: Uint8Array, touched: readonly RowRef[]) => void
  /** Somebody else did; `n` is the change's place in the log. */
  onRemote: (room: TabRoom, n: number, touched: readonly RowRef[]) => void
  onAwareness: (room: TabRoom, update: Uint8Array) => void
}

/** A room's document as this tab holds it: commands run on it, editors are bound to it. */
export class TabRoom {
  readonly name: RoomName
  readonly epoch: string
  readonly doc = new Y.Doc()
  readonly awareness: Awareness
  /** What was not written in this tab: undo leaves it alone. */
  readonly others: OthersWrites
  readonly #texts = new Map<Y.Text, Y.UndoManager>()
  #remoteN = 0

  constructor(name: RoomName, epoch: string, updates: readonly Uint8Array[], events: RoomEvents) {
    this.name = name
    this.epoch = epoch
    this.catchUp(updates)
    this.awareness = new Awareness(this.doc)
    this.awareness.setLocalState(null)
    let touched: RowRef[] = []
    watchRows(this.doc, name, (collection, id) => touched.push([collection.name, id]))
    this.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      // Observers ran before this: `touched` is what this very transaction changed.
      const rows = touched
      touched = []
      if (origin === FROM_LEADER) events.onRemote(this, this.#remoteN, rows)
      else events.onLocal(this, bytes, rows)
    })
    this.awareness.on('update', ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }) => {
      const own = this.doc.clientID
      if ([...added, ...updated, ...removed].includes(own)) events.onAwareness(this, encodeAwarenessUpdate(this.awareness, [own]))
    })
    this.others = new OthersWrites(this.doc, collectionsIn(name), (origin) => origin === FROM_LEADER)
  }

  /** Applies what the log holds; what is known already changes nothing. */
  catchUp(updates: readonly Uint8Array[]): void {
    this.doc.transact(() => {
      for (const bytes of updates) Y.applyUpdate(this.doc, bytes, FROM_LEADER)
    }, FROM_LEADER)
  }

  /** Applies a change that is at place n of the log. */
  take(n: number, bytes: Uint8Array): void {
    this.#remoteN = n
    Y.applyUpdate(this.doc, bytes, FROM_LEADER)
  }

  /** Others moved, came or left. */
  takeAwareness(update: Uint8Array): void {
    applyAwarenessUpdate(this.awareness, update, FROM_LEADER)
  }

  /** The undo of one editor: its own typing and nothing else. */
  undoOf(text: Y.Text): Y.UndoManager {
    const known = this.#texts.get(text)
    if (known) return known
    const manager = new Y.UndoManager(text, { trackedOrigins: new Set() })
    this.#texts.set(text, manager)
    return manager
  }

  /** Says that nobody is here any more, and lets everything go. */
  close(): void {
    removeAwarenessStates(this.awareness, [this.doc.clientID], 'closed')
    for (const manager of this.#texts.values()) manager.destroy()
    this.awareness.destroy()
    this.doc.destroy()
  }
}
