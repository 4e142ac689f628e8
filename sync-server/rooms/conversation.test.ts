import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { bears } from '#server/documents/whole-room.ts'
import type { Journal } from '#server/journal/journal.ts'
import { makeLog } from '#server/log.ts'
import { type Thread, ThreadLost } from '#server/threads/thread.ts'
import type { Connection } from './connection.ts'
import { Conversation } from './conversation.ts'
import { updateFrame } from './frames.ts'
import { LARGE_UPDATE, LargeUpdates, type ReadLarge, readLarge } from './large-updates.ts'
import { Room, type Taken } from './room.ts'

const silent = makeLog('silent')

type Asked = { update: Uint8Array; answer: (read: ReadLarge) => void; lose: () => void }

/** A conversation whose large updates are read when the test says so. */
function world() {
  const asked: Asked[] = []
  const thread = {
    generation: 1,
    start: () => undefined,
    ask: (update: Uint8Array) =>
      new Promise<ReadLarge>((answer, reject) => {
        if (update.length < LARGE_UPDATE) answer(readLarge(update))
        else asked.push({ update, answer, lose: () => reject(new ThreadLost('it did not answer in time')) })
      }),
  } as unknown as Thread<Uint8Array, ReadLarge>
  const large = new LargeUpdates(thread)
  const journal = { isFull: false, commit: async () => [], health: { ok: true } } as unknown as Journal
  const come = (name: string) => {
    const taken: number[] = []
    const heard: string[] = []
    const room = new Room('r', { snapshot: null, tail: [] }, journal)
    const document = new Y.Doc()
    room.take = ({ update }: Taken) => {
      taken.push(update.length)
      room.adopt({ bytes: update, seq: taken.length })
      Y.applyUpdate(document, update)
      return null
    }
    let place = 0
    const socket = {
      OPEN: 1,
      readyState: 1,
      isPaused: false,
      pause: () => (socket.isPaused = true),
      resume: () => (socket.isPaused = false),
    }
    const connection = {
      identity: { memberId: name, name, role: 'member' },
      canWrite: true,
      wantsAcks: true,
      socket,
      receive: () => ++place,
      settle: () => undefined,
      refuse: (at: number, code: string) => heard.push(`${at} ${code}`),
      close: (code: number, reason: string) => heard.push(`${code} ${reason}`),
      sendFramed: () => undefined,
    }
    room.connections.add(connection as unknown as Connection)
    const parts = {
      journal,
      large,
      log: silent,
      diff: async () => new Uint8Array(),
      bears: async (_room: Room, update: Uint8Array) => bears(document, update),
      judge: async () => ({ placed: [] }),
      catchUp: async () => undefined,
    }
    const conversation = new Conversation(parts, room, connection as unknown as Connection)
    const say = (update: Uint8Array): void => conversation.hear(Buffer.from(updateFrame(update)))
    return { say, taken, heard, socket, conversation, room }
  }
  return { asked, come }
}

/** Text under an id of its own, so many bytes of it. */
function text(client: number, length: number): Uint8Array {
  const words = Buffer.alloc(length, 'a')
  const size: number[] = []
  for (let left = length; ; left = left >>> 7) {
    if (left < 128) {
      size.push(left)
      break
    }
    size.push(0x80 | (left & 127))
  }
  return Uint8Array.of(1, 1, client, 0, 4, 1, 1, 116, ...size, ...words, 0)
}

const settled = async (): Promise<void> => {
  for (let turns = 0; turns < 5; turns++) await turn()
}

it('FRAME-7 what comes behind a large update waits for it, and what others say does not', async () => {
  const { asked, come } = world()
  const [ada, bob] = [come('ada'), come('bob')]
  ada.say(text(1, 40_000))
  ada.say(text(2, 5))
  bob.say(text(3, 5))
  await settled()
  expect([ada.taken, bob.taken.length, ada.socket.isPaused]).toEqual([[], 1, true])
  for (const { update, answer } of asked) answer(readLarge(update))
  await settled()
  expect(ada.taken.map((length) => length > LARGE_UPDATE)).toEqual([true, false])
  expect(ada.socket.isPaused).toBe(false)
})

it('FRAME-7 X14 an update that cannot be read in time is refused by its number, and the next ones are read', async () => {
  const { asked, come } = world()
  const [ada, bob] = [come('ada'), come('bob')]
  ada.say(text(1, 40_000))
  ada.say(text(2, 5))
  bob.say(text(3, 40_000))
  await settled()
  expect(asked, 'one after the other').toHaveLength(1)
  asked[0]?.lose()
  await settled()
  expect([ada.heard, ada.taken.length]).toEqual([['1 too-slow'], 1])
  asked[1]?.answer(readLarge(asked[1].update))
  await settled()
  expect(bob.taken).toHaveLength(1)
})

it('FRAME-7 a large update that is malformed ends its conversation', async () => {
  const { asked, come } = world()
  const ada = come('ada')
  ada.say(text(1, 40_000).fill(9, 39_000))
  await settled()
  asked[0]?.answer(readLarge(asked[0].update))
  await settled()
  expect(ada.heard).toHaveLength(1)
  expect(ada.heard[0]).toMatch(/^4400 That frame is malformed/)
})

it('X14 a frame that makes us throw ends its conversation and nothing else', async () => {
  const { come } = world()
  const ada = come('ada')
  ada.room.announce = () => {
    throw new RangeError('Maximum call stack size exceeded')
  }
  ada.room.showPresence = ada.room.announce as () => void
  ada.conversation.hear(Buffer.of(1, 1, 0))
  ada.conversation.hear(Buffer.of(3))
  await settled()
  expect(ada.heard.map((words) => words.slice(0, 4))).toEqual(['4500', '4500'])
})

it('X13 whoever asks a thousand times at once is answered once', async () => {
  const { come } = world()
  const ada = come('ada')
  let told = 0
  let shown = 0
  ada.room.sendAll = () => void told++
  ada.room.showPresence = () => void shown++
  for (let times = 0; times < 1_000; times++) {
    ada.conversation.hear(Buffer.of(0, 0, 1, 0))
    ada.conversation.hear(Buffer.of(3))
  }
  await settled()
  expect([told, shown]).toEqual([1, 1])
})

it('FRAME-8 X14 what leaves a gap is taken, what fills one so that every document breaks is refused, and so are too many gaps', async () => {
  const { come } = world()
  const ada = come('ada')
  const beyond = Uint8Array.of(1, 1, 9, 2, 4, 1, 1, 116, 3, 97, 98, 99, 0)
  const under = Uint8Array.of(1, 1, 9, 0, 0, 3, 0)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, beyond)
  expect(() => Y.applyUpdate(doc, under)).toThrow()
  ada.say(beyond)
  await settled()
  ada.say(under)
  await settled()
  expect([ada.taken.length, ada.heard]).toEqual([1, ['2 unreadable']])
  for (let client = 20; client < 80; client++) {
    ada.say(Uint8Array.of(1, 1, client, 5, 0, 1, 0))
    await settled()
  }
  expect([ada.taken.length, ada.heard.length]).toEqual([50, 12])
})
