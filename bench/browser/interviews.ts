import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { RoomTx } from '#domain/core/document.ts'
import { ordersBetween } from '#domain/core/order.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { interviews, messages } from '#domain/interviews/schema.ts'
import { sentence } from '../driver/board.ts'
import type { Target } from '../driver/connection.ts'
import { fromSeed } from '../driver/from-seed.ts'
import { seedRoom } from '../driver/seed-room.ts'

const MESSAGES_EACH = 1_000
/** A message has so many words: some 600 letters. */
const WORDS_EACH = 90

/** An interview, and the words at the end of what was said in it. */
export type BenchInterview = { id: string; lastWords: string }

/** A word that only the n-th message of all has. */
export const rareWord = (n: number): string => `ticket${n}x`
/** The same with a letter beyond A to Z. */
export const umlautWord = (n: number): string => `prüfung${n}x`

/** Makes ended interviews with so many messages in all, as a client would. */
export async function makeInterviews(target: Target, projectId: string, count: number): Promise<BenchInterview[]> {
  const project = new Y.Doc()
  const made: BenchInterview[] = []
  for (let first = 0; first < count; first += MESSAGES_EACH) {
    const id = randomUUID()
    new RoomTx(project, fromSeed(id)).create(interviews, { id, projectId, title: `Interview ${made.length + 1}`, status: 'completed' })
    await (await seedRoom(target, chatRoom(id), [Y.encodeStateAsUpdate(conversation(id, first, MESSAGES_EACH))])).leave()
    made.push({ id, lastWords: `${rareWord(first + MESSAGES_EACH - 1)} ${umlautWord(first + MESSAGES_EACH - 1)}` })
  }
  await (await seedRoom(target, projectRoom(projectId), [Y.encodeStateAsUpdate(project)])).leave()
  return made
}

function conversation(id: string, first: number, count: number): Y.Doc {
  const world = fromSeed(id)
  const doc = new Y.Doc()
  const chat = new RoomTx(doc, world)
  const orders = ordersBetween(null, null, count, world.random)
  doc.transact(() => {
    for (let at = 0; at < count; at++) {
      const content = `${sentence(WORDS_EACH, world.random)} ${rareWord(first + at)} ${umlautWord(first + at)}`
      chat.create(messages, { role: at % 2 ? 'user' : 'assistant', content, order: orders[at] ?? '' })
    }
  })
  return doc
}
