import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Command, runCommand } from '#domain/core/command.ts'
import { RoomTx } from '#domain/core/document.ts'
import { followUpTurn, inQueueOrder, nextInQueue } from './queue.ts'
import { editQueued, moveQueued, queueMessage, removeQueued, takeQueued } from './queue-commands.ts'
import { cardMessages, queuedMessages } from './schema.ts'

const chatId = '019aa000-0000-7000-8000-000000000000'
const ID = (n: number): string => `019aa000-0000-7000-8000-00000000000${n}`
const worldOf = (actor: string) => ({ now: 1, actor, newId: () => ID(9), random: Math.random })
/** A device of somebody with a copy of the chat. */
function device(actor: string, from?: Y.Doc) {
  const doc = new Y.Doc()
  if (from) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  const say = <I, T>(command: Command<I, T>, input: object) => runCommand(command, () => doc, worldOf(actor), { chatId, ...input })
  const texts = () => inQueueOrder(new RoomTx(doc, worldOf(actor)).all(queuedMessages)).map(({ text }) => text)
  return { doc, say, texts }
}
function meet(...docs: Y.Doc[]): void {
  for (const to of docs) for (const from of docs) if (to !== from) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
}

test('QUEUE-1 messages are queued at the end or first, moved, changed by who wrote them, and taken back', () => {
  const ada = device('ada')
  for (const [n, text] of ['one', 'two', 'three'].entries()) ada.say(queueMessage, { messageId: ID(n + 1), text })
  ada.say(queueMessage, { messageId: ID(4), text: 'now', first: true })
  expect(ada.texts()).toEqual(['now', 'one', 'two', 'three'])
  ada.say(moveQueued, { messageId: ID(3), to: 'earlier' })
  ada.say(moveQueued, { messageId: ID(4), to: 'later' })
  expect(ada.texts()).toEqual(['one', 'now', 'three', 'two'])
  for (const to of ['earlier', 'later']) ada.say(moveQueued, { messageId: to === 'earlier' ? ID(1) : ID(2), to })
  ada.say(editQueued, { messageId: ID(1), text: ' ONE ' })
  ada.say(removeQueued, { messageId: ID(3) })
  expect(ada.texts()).toEqual(['ONE', 'now', 'two'])
  const bob = device('bob', ada.doc)
  expect(bob.say(editQueued, { messageId: ID(1), text: 'mine' })).toMatchObject({ code: 'message-not-yours' })
  const gone = { messageId: ID(3), text: 'x', to: 'later' }
  for (const late of [ada.say(editQueued, gone), ada.say(moveQueued, gone), ada.say(removeQueued, gone)])
    expect(late).toMatchObject({ code: 'message-read' })
})

test('QUEUE-4 a card has a queue of its own before there is a chat, and does not mind those of others', () => {
  const doc = new Y.Doc()
  const projectId = ID(8)
  const say = <I, T>(command: Command<I, T>, taskId: string, input: object) =>
    runCommand(command, () => doc, worldOf('ada'), { projectId, taskId, ...input })
  const texts = (taskId: string) =>
    inQueueOrder(new RoomTx(doc, worldOf('ada')).all(cardMessages).filter((row) => row.taskId === taskId)).map(({ text }) => text)
  for (const [n, text] of ['one', 'two'].entries())
    for (const [at, card] of ['a', 'b'].entries()) say(queueMessage, card, { messageId: ID(1 + at + 2 * n), text: `${text} of ${card}` })
  say(moveQueued, 'b', { messageId: ID(2), to: 'later' })
  say(queueMessage, 'b', { messageId: ID(5), text: 'now', first: true })
  expect([texts('a'), texts('b')]).toEqual([['one of a', 'two of a'], ['now', 'two of b', 'one of b']]) // biome-ignore format: one line
  say(editQueued, 'a', { messageId: ID(1), text: 'ONE' })
  say(takeQueued, 'a', { messageId: ID(3), text: 'two of a' })
  say(removeQueued, 'b', { messageId: ID(2) })
  expect([texts('a'), texts('b')]).toEqual([['ONE'], ['now', 'two of b']]) // biome-ignore format: one line
})

test('QUEUE-1 what was changed and moved offline after the agent had read it changes nothing that was read', () => {
  const server = device('server')
  server.say(queueMessage, { messageId: ID(1), text: 'Use tabs.' })
  const ada = device('server', server.doc)
  ada.say(editQueued, { messageId: ID(1), text: 'Use spaces.' })
  ada.say(queueMessage, { messageId: ID(2), text: 'And test it.' })
  ada.say(moveQueued, { messageId: ID(1), to: 'later' })
  expect(server.say(takeQueued, { messageId: ID(1), text: 'Use spaces.' })).toMatchObject({ code: 'message-read' })
  expect(server.say(takeQueued, { messageId: ID(1), text: 'Use tabs.' })).toMatchObject({ ok: true })
  meet(server.doc, ada.doc)
  expect([server.texts(), ada.texts()]).toEqual([['And test it.'], ['And test it.']])
})

test('QUEUE-2 the next is the first that was asked for; after a stop the first it was stopped for; after a failure none', () => {
  const queue = ['c', 'a', 'b', 'd'].map((id, at) => ({ id, order: `a${at}` })).reverse()
  const asked = ['a', 'b', 'd'].map((id) => ({ id: followUpTurn(id), interrupts: id === 'b' || id === 'd' }))
  const next = (ended: Parameters<typeof nextInQueue>[2]) => nextInQueue(queue, asked, ended)?.id
  expect([next('succeeded'), next('cancelled'), next('failed'), next('interrupted'), next('running')]).toEqual([
    'a',
    'b',
    undefined,
    undefined,
    undefined,
  ])
  expect(nextInQueue([], asked, 'succeeded')).toBeUndefined()
})
