import { v7 as uuid } from 'uuid'
import { type Answer, refuse } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { Consequence } from '../protocol.ts'
import type { OutboxItem } from '../shown.ts'
import type { Line } from './line.ts'
import { Signal } from './signal.ts'

type Pending = { item: Consequence; answer: (answer: Answer<unknown>) => void }

/** This tab's calls with consequences, handed to the leader's durable outbox and awaited. */
export class Consequences {
  readonly items = new Signal<OutboxItem[]>([])
  readonly #line: Line
  readonly #pending = new Map<string, Pending>()

  constructor(line: Line) {
    this.#line = line
  }

  /** Puts the call into the outbox. Resolves when the server answered, however long that takes. */
  call(procedure: string, input: unknown, rooms: readonly RoomName[]): Promise<Answer<unknown>> {
    const item = { id: uuid(), procedure, input, rooms }
    return new Promise((answer) => {
      this.#pending.set(item.id, { item, answer })
      void this.#line.ask({ kind: 'enqueue', item })
    })
  }

  /** Takes a refused call off the list. */
  dismiss(id: string): void {
    void this.#line.ask({ kind: 'dismiss', id })
  }

  /** The server answered one. */
  answered(id: string, answer: Answer<unknown>): void {
    this.#pending.get(id)?.answer(answer)
    this.#pending.delete(id)
  }

  /** What the outbox holds now. One that was refused while nobody told us is answered here. */
  show(items: readonly OutboxItem[]): void {
    this.items.set([...items])
    for (const item of items) if (item.state === 'refused') this.answered(item.id, refuse('refused', item.message))
  }

  /** Another leader: what it does not hold it gets again, under the same id, so that the server answers as it did before. */
  handOver(): void {
    for (const { item } of this.#pending.values()) void this.#line.ask({ kind: 'enqueue', item })
  }
}
