import { createTRPCUntypedClient, httpLink, TRPCClientError } from '@trpc/client'
import { type Answer, accept, asRefusal, refuse } from '#domain/core/refusal.ts'
import type { Consequence } from '../protocol.ts'
import type { OutboxItem } from '../shown.ts'

/** A consequence at its place in the queue. */
export type Queued = Consequence & { place: number; state: 'waiting' | 'refused'; message: string }

/** Where the queue survives. */
export type OutboxStore = {
  load(): Promise<Queued[]>
  save(item: Queued): Promise<void>
  remove(place: number): Promise<void>
}

/** The server said something (an answer or a refusal), or could not be reached. */
export type Sent = { kind: 'answer'; answer: Answer<unknown> } | { kind: 'unreachable' } | { kind: 'failed' }

export type OutboxWorld = {
  store: OutboxStore
  send: (item: Consequence) => Promise<Sent>
  /** True while a room holds a change the server has not acknowledged. */
  isWaitingIn: (room: string) => boolean
  /** Resolves when no picture that is on its way from this device now has to be waited for. Never rejects. */
  picturesAreThere: () => Promise<void>
  onItems: (items: OutboxItem[]) => void
  onAnswered: (id: string, answer: Answer<unknown>) => void
}

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000
/** A call that makes the server fail this often must not hold up those behind it. */
const MOST_FAILURES = 5
const UNKNOWN =
  'The server runs another Slipway, which does not know this. Reload the page, then try again; if it stays, update the server.'
const FAILED = 'The server failed to do this five times. Try again later, or tell whoever runs the server.'

/**
 * Calls with consequences, sent one after the other. An item leaves when the server answered; when it cannot be reached
 * the item stays and is sent again under the same key, so that the server does it once; when it refuses, the item stays
 * with the server's sentence until somebody dismisses it.
 */
export class Outbox {
  readonly #world: OutboxWorld
  #items: Queued[] = []
  /** Those whose pictures are still on their way. */
  readonly #early = new Set<string>()
  #sending: string | null = null
  #retry = FIRST_RETRY_MS
  #failures = { id: '', count: 0 }
  #timer: ReturnType<typeof setTimeout> | null = null

  private constructor(world: OutboxWorld) {
    this.#world = world
  }

  /** Opens the queue as the last leader left it. */
  static async open(world: OutboxWorld): Promise<Outbox> {
    const outbox = new Outbox(world)
    outbox.#items = (await world.store.load()).sort((a, b) => a.place - b.place)
    for (const item of outbox.#items) if (item.state === 'waiting') outbox.#letPicturesGoFirst(item)
    return outbox
  }

  get items(): OutboxItem[] {
    return this.#items.map(({ id, procedure, input, state, message }) => ({
      id,
      procedure,
      input,
      state: state === 'waiting' && id === this.#sending ? 'sending' : state,
      message,
    }))
  }

  /** Keeps the call; resolves when it is on this device. The same id again changes nothing. */
  async add(item: Consequence): Promise<void> {
    if (this.#items.some((known) => known.id === item.id)) return
    const place = (this.#items[this.#items.length - 1]?.place ?? 0) + 1
    const queued: Queued = { ...item, place, state: 'waiting', message: '' }
    this.#items.push(queued)
    this.#letPicturesGoFirst(queued)
    this.#tell()
    // A disk that refuses says so for itself; the call is made all the same, while the page is open.
    await this.#world.store.save(queued).catch(() => undefined)
    this.wake()
  }

  /** The disk was emptied: what waits is kept again. */
  keepAnew(): void {
    for (const item of this.#items) void this.#world.store.save(item).catch(() => undefined)
  }

  /** Takes a refused call off the list. */
  async dismiss(id: string): Promise<void> {
    const item = this.#items.find((one) => one.id === id && one.state === 'refused')
    if (item) await this.#leave(item)
  }

  /** Something changed that may let the next one go: a room was acknowledged, the network is back. */
  wake(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (!this.#sending) void this.#sendNext()
  }

  async #sendNext(): Promise<void> {
    const item = this.#items.find((one) => one.state === 'waiting')
    if (!item || this.#early.has(item.id) || item.rooms.some((room) => this.#world.isWaitingIn(room))) return
    this.#sending = item.id
    this.#tell()
    const sent = await this.#send(item)
    this.#sending = null
    if (sent.kind !== 'answer') {
      this.#timer = setTimeout(() => this.wake(), this.#retry)
      this.#retry = Math.min(this.#retry * 2, LAST_RETRY_MS)
      this.#tell()
      return
    }
    this.#retry = FIRST_RETRY_MS
    if (sent.answer.ok) await this.#leave(item)
    else await this.#keepRefused(item, sent.answer.message)
    this.#world.onAnswered(item.id, sent.answer)
    this.wake()
  }

  /** A call about what people write: a picture may stand in that. */
  #letPicturesGoFirst({ id, rooms }: Queued): void {
    if (rooms.every((room) => room.startsWith('record/'))) return
    this.#early.add(id)
    void this.#world.picturesAreThere().then(() => {
      this.#early.delete(id)
      this.wake()
    })
  }

  async #send(item: Queued): Promise<Sent> {
    const sent = await this.#world.send(item)
    if (sent.kind !== 'failed') return sent
    this.#failures = { id: item.id, count: this.#failures.id === item.id ? this.#failures.count + 1 : 1 }
    return this.#failures.count < MOST_FAILURES ? sent : { kind: 'answer', answer: refuse('server-failed', FAILED) }
  }

  async #leave(item: Queued): Promise<void> {
    this.#items = this.#items.filter((one) => one !== item)
    this.#tell()
    // Where it stays on the disk it is sent once more, under its id: the server answers as before.
    await this.#world.store.remove(item.place).catch(() => undefined)
  }

  async #keepRefused(item: Queued, message: string): Promise<void> {
    item.state = 'refused'
    item.message = message
    this.#tell()
    await this.#world.store.save(item).catch(() => undefined)
  }

  #tell(): void {
    this.#world.onItems(this.items)
  }
}

/** Answers that mean: come back later. */
const LATER = new Set([401, 408, 425, 429])
const DEADLINE_MS = 60_000

/** Sends a consequence by tRPC with its id as the idempotency key. */
export function sendByTrpc(url: string): OutboxWorld['send'] {
  const client = createTRPCUntypedClient({
    links: [httpLink({ url, headers: ({ op }) => ({ 'Idempotency-Key': String(op.context.key) }) })],
  })
  return async (item) => {
    try {
      const value = await client.mutation(item.procedure, item.input, {
        context: { key: item.id },
        signal: AbortSignal.timeout(DEADLINE_MS),
      })
      return { kind: 'answer', answer: accept(value) }
    } catch (error) {
      return readFailure(error)
    }
  }
}

/** Not reached, or not now; else the server's own refusal, or a sentence for a call it cannot understand. */
export function readFailure(error: unknown): Sent {
  const data = error instanceof TRPCClientError ? (error.data as { httpStatus?: number; refusal?: unknown } | undefined) : undefined
  // What the server cannot do now, and says so in words of its own, is no answer to what was asked.
  const status = data?.httpStatus
  if (status === undefined || status > 500 || LATER.has(status)) return { kind: 'unreachable' }
  if (status === 500) return { kind: 'failed' }
  const refusal = asRefusal(data?.refusal)
  if (refusal) return { kind: 'answer', answer: refusal }
  if (status === 404) return { kind: 'answer', answer: refuse('unknown-procedure', UNKNOWN) }
  return { kind: 'answer', answer: refuse('refused', error instanceof Error ? error.message : 'The server refused this.') }
}
