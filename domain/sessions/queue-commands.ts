import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { orderBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom } from '#domain/core/rooms.ts'
import { spokenText } from '#domain/interviews/agent-messages.ts'
import { inQueueOrder } from './queue.ts'
import { queuedMessages } from './schema.ts'

const inChat = { chatId: z.uuid(), messageId: z.uuid() }
const room = ({ chatId }: { chatId: string }): string[] => [chatRoom(chatId)]
const gone = () => refuse('message-read', 'The agent has read this message by now, or somebody took it back. Write another one.')
const notYours = () => refuse('message-not-yours', 'That message was written by somebody else.')

/** Puts a message to an agent into the queue: at its end, or with `first` before all others. One that stands there stays as it is. */
export const queueMessage = defineCommand({
  name: 'queueMessage',
  input: z.object({ ...inChat, text: spokenText, first: z.boolean().default(false) }),
  rooms: room,
  run(tx, { chatId, messageId, text, first }) {
    const chat = tx.room(chatRoom(chatId))
    const others = ordersIn(chat, messageId)
    const order = first ? orderBetween(null, others[0] ?? null, tx.random) : orderBetween(others.at(-1) ?? null, null, tx.random)
    chat.create(queuedMessages, { id: messageId, author: tx.actor, text, order })
    return accept(messageId)
  },
})

/** QUEUE-1: writes other words into one's own message while the agent has not read it. */
export const editQueued = defineCommand({
  name: 'editQueued',
  input: z.object({ ...inChat, text: spokenText }),
  rooms: room,
  run(tx, { chatId, messageId, text }) {
    const chat = tx.room(chatRoom(chatId))
    const queued = chat.get(queuedMessages, messageId)
    if (!queued) return gone()
    if (queued.author !== tx.actor) return notYours()
    chat.update(queuedMessages, messageId, { text })
    return accept()
  },
})

/** QUEUE-1: moves a message, anybody's, one place up or down; at the end of the queue it stays. */
export const moveQueued = defineCommand({
  name: 'moveQueued',
  input: z.object({ ...inChat, to: z.enum(['earlier', 'later']) }),
  rooms: room,
  run(tx, { chatId, messageId, to }) {
    const chat = tx.room(chatRoom(chatId))
    const queue = inQueueOrder(chat.pick(queuedMessages, ['order']))
    const at = queue.findIndex(({ id }) => id === messageId)
    if (at < 0) return gone()
    const over = queue[to === 'earlier' ? at - 1 : at + 1]?.order
    if (over === undefined) return accept()
    const beyond = queue[to === 'earlier' ? at - 2 : at + 2]?.order ?? null
    const order = to === 'earlier' ? orderBetween(beyond, over, tx.random) : orderBetween(over, beyond, tx.random)
    chat.update(queuedMessages, messageId, { order })
    return accept()
  },
})

/** QUEUE-1: takes a message, anybody's, back while the agent has not read it. */
export const removeQueued = defineCommand({
  name: 'removeQueued',
  input: z.object(inChat),
  rooms: room,
  run(tx, { chatId, messageId }) {
    const chat = tx.room(chatRoom(chatId))
    if (!chat.get(queuedMessages, messageId)) return gone()
    chat.remove(queuedMessages, messageId)
    return accept()
  },
})

/** Takes a message out of the queue because the agent reads it now, in these words; where they are others by now it is refused. Run by the server. */
export const takeQueued = defineCommand({
  name: 'takeQueued',
  input: z.object({ ...inChat, text: z.string() }),
  rooms: room,
  run(tx, { chatId, messageId, text }) {
    const chat = tx.room(chatRoom(chatId))
    if (chat.get(queuedMessages, messageId)?.text !== text) return gone()
    chat.remove(queuedMessages, messageId)
    return accept()
  },
})

const ordersIn = (chat: RoomTx, but: string): string[] =>
  inQueueOrder(chat.pick(queuedMessages, ['order']).filter(({ id }) => id !== but)).map(({ order }) => order)
