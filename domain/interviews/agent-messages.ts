import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { compareOrder, orderBetween } from '#domain/core/order.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { storable } from '#domain/core/storable.ts'
import { interviewGone } from './rules.ts'
import { contradictions, interviews, messages, TOPICS } from './schema.ts'

// What an agent says is written by the server, on behalf of the runner that hears it.

/** Grows a chat message by what an agent just said; the first piece makes it, `end` closes it. */
export const growMessage = defineCommand({
  name: 'growMessage',
  input: z.object({
    chatId: z.uuid(),
    messageId: z.string(),
    role: z.enum(['assistant', 'tool']),
    delta: z.string(),
    tool: z.string().nullable().default(null),
    end: z.enum(['done', 'failed']).nullable().default(null),
    error: z.string().nullable().default(null),
    author: z.string().default(''),
    model: z.string().nullable().default(null),
    turnId: z.string().nullable().default(null),
  }),
  rooms: ({ chatId }) => [chatRoom(chatId)],
  run(tx, { chatId, messageId, delta, end, error, tool, ...fields }) {
    const chat = tx.room(chatRoom(chatId))
    const known = chat.get(messages, messageId)
    if (!known) {
      chat.create(messages, {
        id: messageId,
        content: delta,
        ...fields,
        tool,
        error,
        status: end ?? 'streaming',
        order: afterLast(chat, tx.random),
      })
      return accept()
    }
    // Whoever wrote a message keeps it: an agent grows its own only.
    if (known.role !== fields.role) return refuse('message-not-yours', 'That message was written by somebody else.')
    if (delta) {
      const text = chat.text(messages, messageId, 'content')
      text.insert(text.length, storable(delta))
    }
    chat.update(messages, messageId, { status: end ?? known.status, error: error ?? known.error, tool: tool ?? known.tool })
    return accept()
  },
})

/** Writes down what the request took that brought a message; one that brought no words has none. */
export const noteSpent = defineCommand({
  name: 'noteSpent',
  input: z.object({
    chatId: z.uuid(),
    messageId: z.string(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    cost: z.number().nullable(),
  }),
  rooms: ({ chatId }) => [chatRoom(chatId)],
  run(tx, { chatId, messageId, ...spent }) {
    const chat = tx.room(chatRoom(chatId))
    if (chat.get(messages, messageId)) chat.update(messages, messageId, spent)
    return accept()
  },
})

/** Closes the messages of a turn that are still growing when it ends. */
export const closeMessages = defineCommand({
  name: 'closeMessages',
  input: z.object({
    chatId: z.uuid(),
    turnId: z.string(),
    status: z.enum(['done', 'failed']),
    error: z.string().nullable().default(null),
    stoppedBy: z.string().nullable().default(null),
  }),
  rooms: ({ chatId }) => [chatRoom(chatId)],
  run(tx, { chatId, turnId, ...end }) {
    const chat = tx.room(chatRoom(chatId))
    for (const message of chat.pick(messages, ['turnId', 'status'])) {
      if (message.turnId === turnId && message.status === 'streaming') chat.update(messages, message.id, end)
    }
    return accept()
  },
})

/** What a person says to an agent. */
export const spokenText = z.string().trim().min(1, 'Say something first.').max(50_000, 'A message can have at most 50,000 characters.')

/** Says something to a task session's agent. */
export const sayToAgent = defineCommand({
  name: 'sayToAgent',
  input: z.object({
    chatId: z.uuid(),
    messageId: z.uuid(),
    text: z.string().trim().min(1, 'Say something first.').max(50_000, 'A message can have at most 50,000 characters.'),
  }),
  rooms: ({ chatId }) => [chatRoom(chatId)],
  run(tx, { chatId, messageId, text }) {
    const chat = tx.room(chatRoom(chatId))
    if (!chat.get(messages, messageId)) {
      chat.create(messages, { id: messageId, role: 'user', content: text, author: tx.actor, order: afterLast(chat, tx.random) })
    }
    return accept(messageId)
  },
})

/**
 * INTERVIEW-13: as much of a model's next question as has arrived; at first nothing: that it thinks. It is told whole each time, so a second try, or
 * another runner's, goes on with the same message. One that has ended grows no more.
 */
export const growQuestion = defineCommand({
  name: 'growQuestion',
  input: z.object({ interviewId: z.uuid(), messageId: z.string(), text: z.string(), model: z.string() }),
  rooms: ({ interviewId }) => [chatRoom(interviewId)],
  run(tx, { interviewId, messageId, text, model }) {
    const chat = tx.room(chatRoom(interviewId))
    const known = chat.get(messages, messageId)
    if (!known) {
      const order = afterLast(chat, tx.random)
      chat.create(messages, { id: messageId, role: 'assistant', content: text, author: model, model, turnId: messageId, status: 'streaming', order }) // biome-ignore format: one message
    } else if (known.status === 'streaming') chat.update(messages, messageId, { content: text })
    return accept()
  },
})

/** Writes a model's next question into an interview, where it grew if it did, and which topics the answers so far have settled. */
export const askByModel = defineCommand({
  name: 'askByModel',
  input: z.object({
    projectId: z.uuid(),
    interviewId: z.uuid(),
    messageId: z.string(),
    question: z.string(),
    options: z.array(z.string()),
    topic: z.enum(TOPICS).nullable(),
    answered: z.array(z.enum(TOPICS)),
    contradictions: z.array(z.object({ name: contradictions.schema.shape.name, answers: z.array(z.string()) })).default([]),
    model: z.string(),
    turnId: z.string(),
    promptTokens: z.number(),
    completionTokens: z.number(),
    cost: z.number().nullable().default(null),
  }),
  rooms: ({ projectId, interviewId }) => [projectRoom(projectId), chatRoom(interviewId)],
  run(tx, { projectId, interviewId, messageId, question, answered, contradictions: named, model, ...fields }) {
    const project = tx.room(projectRoom(projectId))
    const interview = project.get(interviews, interviewId)
    if (!interview) return interviewGone()
    const chat = tx.room(chatRoom(interviewId))
    const known = chat.pick(messages, ['order']).sort(compareOrder)
    const said = { content: question, author: model, model, status: 'done' as const, error: null, stoppedBy: null, ...fields }
    if (!known.some(({ id }) => id === messageId))
      chat.create(messages, { id: messageId, role: 'assistant', ...said, order: afterLast(chat, tx.random) })
    // What people said while it grew stands above it.
    else chat.update(messages, messageId, known.at(-1)?.id === messageId ? said : { ...said, order: afterLast(chat, tx.random) })
    // What people assumed stays assumed: a model does not know better than they what they do not know.
    const settled = Object.fromEntries(answered.filter((topic) => interview[topic] === 'open').map((topic) => [topic, 'answered' as const]))
    project.update(interviews, interviewId, settled)
    // Named again after somebody settled it, it stays settled: the id is the answers'.
    for (const { name, answers } of named)
      project.create(contradictions, { id: derivedId(interviewId, [...answers].sort().join()), projectId, interviewId, name, answers })
    return accept(messageId)
  },
})

function afterLast(chat: RoomTx, random: () => number): string {
  const last = chat
    .pick(messages, ['order'])
    .reduce<string | null>((high, { order }) => (high === null || order > high ? order : high), null)
  return orderBetween(last, null, random)
}
