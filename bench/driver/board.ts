import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { ordersBetween } from '#domain/core/order.ts'
import { columns, type TaskStatus, tasks } from '#domain/tasks/schema.ts'
import { fromSeed } from './from-seed.ts'

/** How many cards one update of a board carries: what one import of a person would send. */
export const CARDS_A_CHUNK = 1_000

const STATUSES: readonly TaskStatus[] = ['backlog', 'todo', 'in_progress', 'review', 'done']
/** The words everything is made of. */
export const WORDS = 'export login board retry invoice parser queue layout cache filter report webhook migrate search badge draft'.split(
  ' ',
)

/**
 * A board of `count` cards as the updates that make it, a thousand cards each, every one by a client of its own. No
 * document ever holds more than a chunk, so a board of 100,000 costs no more memory than one of 1,000.
 */
export function boardUpdates(projectId: string, count: number): Uint8Array[] {
  const updates: Uint8Array[] = []
  for (let made = 0; made < count; made += CARDS_A_CHUNK) {
    updates.push(Y.encodeStateAsUpdate(boardChunk(projectId, made, Math.min(CARDS_A_CHUNK, count - made))))
  }
  return updates
}

/** One chunk of a board; the first brings the columns. */
export function boardChunk(projectId: string, first: number, count: number): Y.Doc {
  const world = fromSeed(`${projectId}/${first}`)
  const doc = new Y.Doc()
  doc.clientID = 0x50000000 + first
  const board = new RoomTx(doc, world)
  const orders = ordersBetween(null, null, count, world.random)
  doc.transact(() => {
    if (first === 0) {
      const places = ordersBetween(null, null, STATUSES.length, fromSeed('columns').random)
      STATUSES.forEach((status, at) => {
        board.create(columns, { id: columnId(at), projectId, name: status, status, order: places[at] ?? '' })
      })
    }
    for (let at = 0; at < count; at++)
      board.create(tasks, { ...card(projectId, first + at, world.random), id: world.newId(), order: orders[at] ?? '' })
  })
  return doc
}

function card(projectId: string, number: number, random: () => number) {
  const column = Math.floor(random() * STATUSES.length)
  return {
    projectId,
    title: `${sentence(5, random)} ${number + 1}`,
    description: sentence(30, random),
    status: STATUSES[column] ?? 'backlog',
    columnId: columnId(column),
    shortId: `BEN-${number + 1}`,
    labels: random() < 0.5 ? [sentence(1, random)] : [],
    priority: random() < 0.2 ? ('high' as const) : ('none' as const),
  }
}

/** The id of the board's n-th column: the same on every board of the bench. */
const columnId = (at: number): string => `00000000-0000-4000-8000-00000000000${at}`

/** So many words, all of them frequent. */
export function sentence(words: number, random: () => number): string {
  return Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')
}
