import { v7 as newId } from 'uuid'
import * as Y from 'yjs'
import { type Collection, type PlainRow, readRow } from '#domain/core/collection.ts'
import { runCommand } from '#domain/core/command.ts'
import { rawRow, rowAt, rowsOf } from '#domain/core/document.ts'
import type { Refusal } from '#domain/core/refusal.ts'
import { collections } from '#domain/projection/collections.ts'
import type { Entry } from '#server/journal/insert.ts'
import { rangesBeside } from '#server/rooms/ranges.ts'
import { serverCommands } from './commands.ts'
import { judgeValues } from './judge-values.ts'
import { bears, isWhole, wholeRoom } from './whole-room.ts'

/** Updates for a room's document over there; `fresh` begins it anew. */
export type Feed = { room: string; updates: Uint8Array[]; fresh: boolean }
/** One command to run. An optional one may be refused without the others failing. */
export type CommandCall = { command: string; input: unknown; actor: string; optional?: boolean }
export type EditAnswer = { ok: true; values: unknown[]; updates: Omit<Entry, 'author'>[] } | { ok: false; refusal: Refusal }

export type DocumentRequest = { feeds: Feed[]; forget: string[] } & (
  | { kind: 'feed' }
  | { kind: 'diff'; room: string; vector: Uint8Array }
  | { kind: 'rows'; room: string; collection: string; ids: string[] | null; where: Record<string, unknown> | null }
  | { kind: 'whole'; room: string }
  | { kind: 'raw'; room: string; collection: string; id: string }
  | { kind: 'check'; room: string; update: Uint8Array }
  | { kind: 'bears'; room: string; update: Uint8Array }
  | { kind: 'judge'; room: string; update: Uint8Array }
  | { kind: 'edit'; calls: CommandCall[]; now: number }
)

function collectionNamed(name: string): Collection {
  const collection = collections.find((candidate) => candidate.name === name)
  if (!collection) throw new Error(`no collection ${name}`)
  return collection
}

/**
 * The documents as real Y.Docs, in a worker thread: for answers to state vectors, for reading rows, and for what the
 * server itself writes. Fed with the same updates the journal gets; nothing here is ever the only copy.
 */
export class Materialised {
  readonly #docs = new Map<string, Y.Doc>()

  /** Runs one request. Throws for what cannot be answered. */
  handle(request: DocumentRequest): unknown {
    for (const room of request.forget) this.#drop(room)
    for (const feed of request.feeds) this.#feed(feed)
    switch (request.kind) {
      case 'feed':
        return null
      case 'diff':
        return Y.encodeStateAsUpdate(this.#doc(request.room), request.vector)
      case 'rows':
        return this.#rows(request.room, request.collection, request.ids, request.where)
      case 'whole':
        return wholeRoom(this.#doc(request.room), request.room)
      case 'raw':
        return rawRow(this.#doc(request.room), collectionNamed(request.collection), request.id)
      case 'check':
        return isWhole(request.update, request.room)
      case 'bears':
        return bears(this.#doc(request.room), request.update)
      case 'judge':
        return judgeValues(this.#doc(request.room), request.room, request.update)
      case 'edit':
        return this.#edit(request.calls, request.now)
    }
  }

  #doc(room: string): Y.Doc {
    let doc = this.#docs.get(room)
    if (!doc) this.#docs.set(room, (doc = new Y.Doc()))
    return doc
  }

  #drop(room: string): void {
    this.#docs.get(room)?.destroy()
    this.#docs.delete(room)
  }

  #feed({ room, updates, fresh }: Feed): void {
    if (fresh) this.#drop(room)
    const doc = this.#doc(room)
    doc.transact(() => {
      for (const update of updates) Y.applyUpdate(doc, update)
    })
  }

  #rows(room: string, name: string, ids: readonly string[] | null, where: Record<string, unknown> | null): PlainRow[] {
    const collection = collectionNamed(name)
    const doc = this.#doc(room)
    const found: PlainRow[] = []
    for (const id of ids ?? rowsOf(doc, collection).keys()) {
      const map = rowAt(doc, collection, id)
      if (!map) continue
      const row = readRow(collection, id, map)
      if (!where || Object.entries(where).every(([field, value]) => row[field] === value)) found.push(row)
    }
    return found
  }

  #edit(calls: readonly CommandCall[], now: number): EditAnswer {
    const updates = new Map<string, Uint8Array[]>()
    const stops: (() => void)[] = []
    const editing = (room: string): Y.Doc => {
      const doc = this.#doc(room)
      if (!updates.has(room)) {
        const made: Uint8Array[] = []
        updates.set(room, made)
        const note = (update: Uint8Array): number => made.push(update)
        doc.on('update', note)
        stops.push(() => doc.off('update', note))
      }
      return doc
    }
    try {
      const values: unknown[] = []
      for (const { command: name, input, actor, optional } of calls) {
        const command = serverCommands[name]
        if (!command) throw new Error(`the server knows no command ${name}`)
        const answer = runCommand(command, editing, { now, actor, newId, random: Math.random }, input)
        if (!answer.ok && !optional) {
          // What the commands before it wrote must not live on here: nobody else will have it.
          for (const [room, made] of updates) if (made.length) this.#drop(room)
          return { ok: false, refusal: answer }
        }
        values.push(answer.ok ? answer.value : answer)
      }
      const written = [...updates].filter(([, made]) => made.length > 0)
      return {
        ok: true,
        values,
        updates: written.map(([room, made]) => {
          const bytes = made.length === 1 && made[0] ? made[0] : Y.mergeUpdates(made)
          return { room, bytes, ranges: rangesBeside(bytes) }
        }),
      }
    } finally {
      for (const stop of stops) stop()
    }
  }
}
