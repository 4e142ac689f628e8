import { z } from 'zod'
import { defineCommand, type Tx } from '#domain/core/command.ts'
import { orderBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { spokenText } from '#domain/interviews/agent-messages.ts'
import { inQueueOrder } from './queue.ts'
import { cardMessages, queuedMessages } from './schema.ts'

/** Which queue: that of a chat, or that of a card, which the agent of its next attempt reads. */
const queueAt = z.union([z.object({ chatId: z.uuid() }), z.object({ projectId: z.uuid(), taskId: z.string() })])
export type QueueAt = z.output<typeof queueAt>
const inQueue = queueAt.and(z.object({ messageId: z.uuid() }))
const withText = inQueue.and(z.object({ text: spokenText }))
const room = (at: QueueAt): string[] => [roomOf(at)]
const roomOf = (at: QueueAt): string => ('chatId' in at ? chatRoom(at.chatId) : projectRoom(at.projectId))
const gone = () => refuse('message-read', 'The agent has read this message by now, or somebody took it back. Write another one.')
const notYours = () => refuse('message-not-yours', 'That message was written by somebody else.')

/** The rows of a queue and how they are written. */
function openQueue(tx: Tx, at: QueueAt) {
  const place = tx.room(roomOf(at))
  if ('chatId' in at)
    return {
      places: () => inQueueOrder(place.pick(queuedMessages, ['order'])),
      get: (id: string) => place.get(queuedMessages, id),
      add: (id: string, row: { author: string; text: string; order: string }) => place.create(queuedMessages, { id, ...row }),
      update: (id: string, patch: { text?: string; order?: string }) => place.update(queuedMessages, id, patch),
      remove: (id: string) => place.remove(queuedMessages, id),
    }
  const { taskId } = at
  return {
    places: () => inQueueOrder(place.pick(cardMessages, ['taskId', 'order']).filter((row) => row.taskId === taskId)),
    get: (id: string) => place.get(cardMessages, id),
    add: (id: string, row: { author: string; text: string; order: string }) => place.create(cardMessages, { id, taskId, ...row }),
    update: (id: string, patch: { text?: string; order?: string }) => place.update(cardMessages, id, patch),
    remove: (id: string) => place.remove(cardMessages, id),
  }
}

/** Puts a message to an agent into the queue: at its end, or with `first` before all others. One that stands there stays as it is. */
export const queueMessage = defineCommand({
  name: 'queueMessage',
  input: withText.and(z.object({ first: z.boolean().default(false) })),
  rooms: room,
  run(tx, { messageId, text, first, ...at }) {
    const queue = openQueue(tx, at)
    const others = queue.places().filter(({ id }) => id !== messageId)
    const order = first
      ? orderBetween(null, others[0]?.order ?? null, tx.random)
      : orderBetween(others.at(-1)?.order ?? null, null, tx.random)
    queue.add(messageId, { author: tx.actor, text, order })
    return accept(messageId)
  },
})

/** QUEUE-1: writes other words into one's own message while the agent has not read it. */
export const editQueued = defineCommand({
  name: 'editQueued',
  input: withText,
  rooms: room,
  run(tx, { messageId, text, ...at }) {
    const queue = openQueue(tx, at)
    const queued = queue.get(messageId)
    if (!queued) return gone()
    if (queued.author !== tx.actor) return notYours()
    queue.update(messageId, { text })
    return accept()
  },
})

/** QUEUE-1: moves a message, anybody's, one place up or down; at the end of the queue it stays. */
export const moveQueued = defineCommand({
  name: 'moveQueued',
  input: inQueue.and(z.object({ to: z.enum(['earlier', 'later']) })),
  rooms: room,
  run(tx, { messageId, to, ...which }) {
    const queue = openQueue(tx, which)
    const places = queue.places()
    const at = places.findIndex(({ id }) => id === messageId)
    if (at < 0) return gone()
    const over = places[to === 'earlier' ? at - 1 : at + 1]?.order
    if (over === undefined) return accept()
    const beyond = places[to === 'earlier' ? at - 2 : at + 2]?.order ?? null
    const order = to === 'earlier' ? orderBetween(beyond, over, tx.random) : orderBetween(over, beyond, tx.random)
    queue.update(messageId, { order })
    return accept()
  },
})

/** QUEUE-1: takes a message, anybody's, back while the agent has not read it. */
export const removeQueued = defineCommand({
  name: 'removeQueued',
  input: inQueue,
  rooms: room,
  run(tx, { messageId, ...at }) {
    const queue = openQueue(tx, at)
    if (!queue.get(messageId)) return gone()
    queue.remove(messageId)
    return accept()
  },
})

/** Takes a message out of the queue because the agent reads it now, in these words; where they are others by now it is refused. Run by the server. */
export const takeQueued = defineCommand({
  name: 'takeQueued',
  input: inQueue.and(z.object({ text: z.string() })),
  rooms: room,
  run(tx, { messageId, text, ...at }) {
    const queue = openQueue(tx, at)
    if (queue.get(messageId)?.text !== text) return gone()
    queue.remove(messageId)
    return accept()
  },
})
