import { parseRoom } from '#domain/core/rooms.ts'
import { CLOSE, MAX_FRAME } from '#domain/core/wire.ts'
import type { Judged } from '#server/documents/judge-values.ts'
import { isServersOwn } from '#server/gate/policy.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Log } from '#server/log.ts'
import { messageOf } from '#server/start-refusal.ts'
import type { Connection } from './connection.ts'
import { type Frame, readFrame, SET_BACK, step2Frame } from './frames.ts'
import { LARGE_UPDATE, type LargeUpdates, TooSlow } from './large-updates.ts'
import { COME_AGAIN, type Denied, notForField, permissionDenied, TOO_SLOW, UNBEARABLE } from './permission-denied.ts'
import { Malformed } from './reader.ts'
import type { Room, Taken } from './room.ts'
import { isEmptyVector } from './state-vector.ts'
import { type Range, readUpdateShape, type UpdateShape } from './update-frame.ts'

export type ConversationParts = {
  journal: Journal
  /** Reads what would hold up the main thread. */
  large: LargeUpdates
  /** What somebody with this state vector lacks. */
  diff: (room: Room, vector: Uint8Array) => Promise<Uint8Array>
  /** After it the open rooms hold whatever any server on this database had stored before. */
  catchUp: () => Promise<void>
  /** Whether the room's document can be read with this update. */
  bears: (room: Room, update: Uint8Array) => Promise<boolean>
  /** Whether the schemas of the room's fields take what this update writes into them. */
  judge: (room: Room, update: Uint8Array) => Promise<Judged>
  log: Log
}

/**
 * What one connection says in one room, acted on frame by frame in the order it came. A frame that is read in a thread holds
 * up those behind it, and nobody else's. Whatever a stranger sends ends this conversation at worst.
 */
export class Conversation {
  readonly #parts: ConversationParts
  readonly #room: Room
  readonly #connection: Connection
  /** What came behind a frame that is being read. */
  #behind: Buffer[] | null = null
  #isReading = false
  #isHeldUp = false
  #asked: Uint8Array | null = null
  #asksWho = false
  #isAnswering = false
  #refused: Refused | null = null

  constructor(parts: ConversationParts, room: Room, connection: Connection) {
    this.#parts = parts
    this.#room = room
    this.#connection = connection
  }

  /** Takes the next message of the socket. */
  hear(data: Buffer): void {
    if (this.#isReading) (this.#behind ??= []).push(data)
    else this.#read(data)
  }

  get #isOver(): boolean {
    return !this.#room.connections.has(this.#connection) || this.#connection.socket.readyState !== this.#connection.socket.OPEN
  }

  #read(data: Buffer): void {
    if (this.#isOver) return
    if (data.length > MAX_FRAME)
      return this.#connection.close(CLOSE.tooLarge, `A frame may have at most ${MAX_FRAME} bytes; this one has ${data.length}.`)
    try {
      this.#act(readFrame(data), data)
    } catch (thrown) {
      this.#failed(thrown)
    }
  }

  #failed(thrown: unknown): void {
    if (thrown instanceof Malformed) return this.#connection.close(CLOSE.badFrame, `That frame is malformed: ${thrown.message}.`)
    this.#parts.log.error({ room: this.#room.name, reason: messageOf(thrown) }, 'a frame could not be acted on')
    this.#connection.close(CLOSE.serverError, 'That frame could not be read. It is tried again.')
  }

  #act(frame: Frame, data: Buffer): void {
    switch (frame.kind) {
      case 'step1':
        return this.#ask(isEmptyVector(frame.vector) ? NOTHING : frame.vector)
      case 'step2':
        this.#connection.hasAnswered = true
        // The empty answer carries nothing and is not counted.
        if (frame.update.length === 2 && frame.update[0] === 0 && frame.update[1] === 0) return
        return this.#take(frame.update, null)
      case 'update':
        return this.#take(frame.update, data)
      case 'awareness':
        return this.#room.announce(this.#connection, frame.update)
      case 'queryAwareness':
        this.#asksWho = true
        return this.#answerSoon()
      case 'unknown':
        return
    }
  }

  #ask(vector: Uint8Array): void {
    const { wasToldAll } = this.#connection
    this.#connection.wasToldAll = false
    if (vector === NOTHING && wasToldAll) return
    this.#asked = vector
    this.#answerSoon()
  }

  /** Answers once a turn of the event loop, whatever was asked meanwhile: asking costs nothing, and an answer may be the whole room. */
  #answerSoon(): void {
    if (this.#isAnswering) return
    this.#isAnswering = true
    setImmediate(() => {
      void this.#answerAll()
        .catch((thrown: unknown) => this.#failed(thrown))
        .finally(() => {
          this.#isAnswering = false
          if (this.#asked || this.#asksWho) this.#answerSoon()
        })
    })
  }

  async #answerAll(): Promise<void> {
    const asked = this.#asked
    const asksWho = this.#asksWho
    this.#asked = null
    this.#asksWho = false
    if (asked && !this.#isOver) await this.#answer(asked)
    if (asksWho && !this.#isOver) this.#room.showPresence(this.#connection)
  }

  async #answer(vector: Uint8Array): Promise<void> {
    if (vector === NOTHING) return this.#room.sendAll(this.#connection)
    try {
      if (this.#connection.wantsAcks && (await this.#isSetBack(vector))) return this.#connection.send(SET_BACK)
      const update = await this.#parts.diff(this.#room, vector)
      this.#connection.allow(update.length)
      this.#connection.send(step2Frame(update))
    } catch (thrown) {
      this.#parts.log.error({ room: this.#room.name, reason: messageOf(thrown) }, 'a state vector could not be answered')
      this.#connection.close(CLOSE.serverError, 'This room cannot be read right now. It is tried again.')
    }
  }

  /** In a room that only servers write nobody holds more than is stored, unless the database came out of an older backup. */
  async #isSetBack(vector: Uint8Array): Promise<boolean> {
    const { name, stored } = this.#room
    const parsed = parseRoom(name)
    if (!parsed.ok || !isServersOwn(parsed.value.kind) || stored.coversEncoded(vector)) return false
    // Another server told it what has yet to arrive here.
    await this.#parts.catchUp()
    return !stored.coversEncoded(vector)
  }

  #take(update: Uint8Array, message: Uint8Array | null): void {
    const connection = this.#connection
    const place = connection.receive()
    if (!connection.canWrite) return this.#refuse(place, permissionDenied(connection.identity.role, this.#room.name))
    const shape = update.length > LARGE_UPDATE ? null : readUpdateShape(update)
    const learned = shape && !this.#room.isTornBy(shape) ? this.#room.judge(shape) : null
    if (shape && learned) this.#store(place, { update, shape, message, learned })
    else void this.#takeSlowly(place, update, message)
  }

  /** Takes what is large, or leaves or fills a gap in what is here, or may write into a field what must not stand there. */
  async #takeSlowly(place: number, update: Uint8Array, message: Uint8Array | null): Promise<void> {
    this.#isReading = true
    this.#connection.socket.pause()
    try {
      const shape = await this.#parts.large.read(update)
      const denied = this.#buildsOnRefused(shape) ?? (await this.#look(update, shape))
      // Who left meanwhile was told nothing of it, and sends it again.
      if (this.#isOver) return
      if (denied) this.#refuse(place, denied)
      else this.#store(place, { update, shape, message })
    } catch (thrown) {
      if (thrown instanceof TooSlow) this.#refuse(place, TOO_SLOW)
      else this.#failed(thrown)
    } finally {
      this.#goOn()
    }
  }

  /** Why an update is not taken that does not go by itself. */
  async #look(update: Uint8Array, shape: UpdateShape): Promise<Denied | null> {
    if (this.#room.isTornBy(shape)) {
      if (this.#room.isFullOfGaps(shape) || !(await this.#parts.bears(this.#room, update))) return UNBEARABLE
    }
    if (this.#room.judge(shape)) return null
    const judged = await this.#parts.judge(this.#room, update)
    if ('placed' in judged) {
      this.#room.learn(judged.placed)
      return null
    }
    const denied = notForField(judged.field, judged.message)
    this.#refused = { denied, from: [...(this.#refused?.from ?? []), ...shape.ranges].slice(-MOST_REFUSED) }
    return denied
  }

  /** Who was refused may have gone on before he heard of it: what follows has no place either, and would wait for what never comes. */
  #buildsOnRefused(shape: UpdateShape): Denied | null {
    if (!this.#refused || !this.#room.isTornBy(shape)) return null
    const { denied, from } = this.#refused
    return shape.ranges.some(({ client, start }) => from.some((one) => one.client === client && one.start < start)) ? denied : null
  }

  #goOn(): void {
    this.#isReading = false
    for (let next = this.#behind?.shift(); next; next = this.#isReading ? undefined : this.#behind?.shift()) this.#read(next)
    this.#resume()
  }

  #store(place: number, taken: Taken): void {
    const connection = this.#connection
    const whole = this.#room.cutOff(taken)
    if (!whole) return connection.close(CLOSE.shuttingDown, 'A part of this came from somebody else meanwhile. Connect again.')
    const refusal = this.#room.take(
      whole,
      connection,
      () => connection.settle(place),
      (thrown) => {
        this.#parts.log.error({ room: this.#room.name, reason: messageOf(thrown) }, 'an update could not be stored')
        connection.close(CLOSE.serverError, 'That change could not be stored. It is tried again.')
      },
    )
    if (refusal === COME_AGAIN) return connection.close(CLOSE.shuttingDown, refusal.message)
    if (refusal) return this.#refuse(place, refusal)
    if (!this.#parts.journal.isFull || this.#isHeldUp) return
    this.#isHeldUp = true
    connection.socket.pause()
    this.#parts.journal.whenDrained(() => {
      this.#isHeldUp = false
      this.#resume()
    })
  }

  #refuse(place: number, { code, message }: Denied): void {
    this.#connection.refuse(place, code, message)
  }

  #resume(): void {
    if (!this.#isReading && !this.#isHeldUp) this.#connection.socket.resume()
  }
}

/** Why something was refused, and where the histories went on with it. */
type Refused = { denied: Denied; from: readonly Range[] }
const MOST_REFUSED = 1_000

/** The state vector of somebody who has nothing. */
const NOTHING = Uint8Array.of(0)
