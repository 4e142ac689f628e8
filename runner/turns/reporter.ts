import type { RunEvent, TurnEnd } from '#domain/sessions/protocol.ts'
import { TurnStop } from '#runner/turn-stop.ts'
import type { Redactor } from './redact.ts'
import type { ServerPort } from './server-port.ts'

const BATCH_MS = 40
const BATCH_CHARACTERS = 200_000
/** Beyond this much unsent text the middle of the logs is dropped, with a line that says so. */
const MOST_UNSENT = 8_000_000

type Deps = {
  server: Pick<ServerPort, 'report' | 'finish'>
  turnId: string
  fence: number
  redactor: Redactor
  /** Waits before a call is told again; ends early when the turn was stopped. */
  pause: (attempt: number) => Promise<void>
  stop: (stop: TurnStop) => void
  /** True once nobody listens any more, so that an unanswered call is not told again for ever. */
  isOver: () => boolean
}

/**
 * REPORT-1: tells the server what happens, in order, each batch with a sequence number and told again until it is
 * answered, so that nothing is lost or counted twice. A line waits at most 40 ms for company.
 */
export class Reporter {
  private seq = 0
  private waiting: RunEvent[] = []
  private waitingSize = 0
  private flushing: Promise<void> | undefined
  private timer: NodeJS.Timeout | undefined
  private dropped = 0
  private readonly texts = new Map<string, ReturnType<Redactor['stream']>>()
  private readonly deps: Deps

  constructor(deps: Deps) {
    this.deps = deps
  }

  /** Adds one event, with secrets hidden. Never waits. */
  emit = (event: RunEvent): void => {
    for (const clean of this.clean(event)) this.add(clean)
  }

  /** Resolves when everything emitted so far was accepted by the server. */
  async settled(): Promise<void> {
    for (const [key, text] of this.texts) this.addHeld(key, text.end())
    clearTimeout(this.timer)
    this.timer = undefined
    while (this.waiting.length > 0 || this.flushing) await (this.flushing ?? this.flush())
  }

  /** Ends the turn: everything before it is told first. */
  async finish(end: TurnEnd): Promise<void> {
    await this.settled()
    const reason = end.reason === null ? null : this.deps.redactor.hide(end.reason)
    const result = end.result === null ? null : (JSON.parse(this.deps.redactor.hideKnown(JSON.stringify(end.result))) as TurnEnd['result'])
    const seq = ++this.seq
    await this.untilAnswered(() =>
      this.deps.server.finish({ turnId: this.deps.turnId, fence: this.deps.fence, seq, end: { ...end, reason, result } }),
    )
  }

  private clean(event: RunEvent): RunEvent[] {
    const { redactor } = this.deps
    switch (event.type) {
      case 'log':
        return [{ ...event, text: this.textOf(`log ${event.processId} ${event.stream}`).push(event.text) }]
      case 'message': {
        const key = `message ${event.messageId} ${event.role} ${event.tool ?? ''}`
        const text = this.textOf(key)
        const delta = text.push(event.delta) + (event.end ? text.end() : '')
        if (event.end) this.texts.delete(key)
        return [
          {
            ...event,
            delta,
            tool: event.tool === null ? null : redactor.hide(event.tool),
            error: event.error === null ? null : redactor.hide(event.error),
          },
        ]
      }
      case 'process.ended':
        return [...this.heldLogs(event.processId), event]
      case 'commit':
        return [{ ...event, message: redactor.hide(event.message) }]
      case 'question':
        // An ending that may become a secret is held back.
        return [{ ...event, text: redactor.stream().push(event.text) }]
      case 'process.started':
        return [{ ...event, command: redactor.hide(event.command) }]
      default:
        return [event]
    }
  }

  private textOf(key: string): ReturnType<Redactor['stream']> {
    const known = this.texts.get(key) ?? this.deps.redactor.stream()
    this.texts.set(key, known)
    return known
  }

  private heldLogs(processId: string): RunEvent[] {
    const events: RunEvent[] = []
    for (const [key, text] of this.texts) {
      const [kind, id, stream] = key.split(' ')
      if (kind !== 'log' || id !== processId) continue
      this.texts.delete(key)
      const rest = text.end()
      if (rest) events.push({ type: 'log', processId, stream: stream as 'agent', text: rest })
    }
    return events
  }

  private addHeld(key: string, rest: string): void {
    const [kind, id, part, ...tool] = key.split(' ')
    if (!rest || !id) return
    if (kind === 'log') this.add({ type: 'log', processId: id, stream: part as 'agent', text: rest })
    else
      this.add({
        type: 'message',
        messageId: id,
        role: part as 'assistant',
        delta: rest,
        tool: tool.join(' ') || null,
        end: null,
        error: null,
      })
  }

  private add(event: RunEvent): void {
    if (event.type === 'log' && event.text === '') return
    const last = this.waiting.at(-1)
    if (
      event.type === 'log' &&
      last?.type === 'log' &&
      last.processId === event.processId &&
      last.stream === event.stream &&
      last.text.length < BATCH_CHARACTERS
    ) {
      last.text += event.text
    } else if (event.type === 'message' && last?.type === 'message' && last.messageId === event.messageId && last.end === null) {
      this.waiting[this.waiting.length - 1] = { ...event, delta: last.delta + event.delta }
    } else if (event.type === 'question' && last?.type === 'question') this.waiting[this.waiting.length - 1] = event
    else this.waiting.push({ ...event })
    this.waitingSize += sizeOf(event)
    if (this.waitingSize > MOST_UNSENT) this.dropMiddle()
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.flush().catch(() => {})
    }, BATCH_MS)
  }

  private dropMiddle(): void {
    const kept: RunEvent[] = []
    for (const [at, event] of this.waiting.entries()) {
      if (event.type === 'log' && at > 2 && at < this.waiting.length - 20) this.dropped += event.text.length
      else kept.push(event)
    }
    this.waiting = kept
    this.waitingSize = kept.reduce((sum, event) => sum + sizeOf(event), 0)
  }

  /** One batch at a time, so that the order holds. */
  private flush(): Promise<void> {
    this.flushing ??= this.sendAll().finally(() => {
      this.flushing = undefined
    })
    return this.flushing
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const events = this.takeBatch()
      const seq = ++this.seq
      const value = await this.untilAnswered(() =>
        this.deps.server.report({ turnId: this.deps.turnId, fence: this.deps.fence, seq, events }),
      )
      if (value?.cancel) this.deps.stop(new TurnStop('cancelled', 'The run was cancelled.'))
    }
  }

  private takeBatch(): RunEvent[] {
    const events: RunEvent[] = []
    let size = 0
    while (this.waiting.length > 0 && size < BATCH_CHARACTERS && events.length < 500) {
      const event = this.waiting.shift()
      if (!event) break
      events.push(event)
      size += sizeOf(event)
    }
    this.waitingSize -= size
    if (this.dropped > 0) {
      const log = events.find((event) => event.type === 'log')
      if (log?.type === 'log') log.text += `\n… ${this.dropped} characters left out …\n`
      this.dropped = 0
    }
    return events
  }

  private async untilAnswered<T>(
    call: () => Promise<{ ok: true; value: T } | { ok: false; why: string; sentence: string }>,
  ): Promise<T | undefined> {
    for (let attempt = 0; ; attempt++) {
      const answer = await call().catch(() => undefined)
      if (answer?.ok) return answer.value
      if (answer) {
        const stop = new TurnStop(answer.why === 'lease-lost' ? 'lease-lost' : 'refused', answer.sentence)
        this.deps.stop(stop)
        throw stop
      }
      if (this.deps.isOver()) throw new TurnStop('lease-lost', 'The server could not be reached.')
      await this.deps.pause(attempt)
    }
  }
}

const sizeOf = (event: RunEvent): number =>
  (event.type === 'log' ? event.text.length : event.type === 'message' ? event.delta.length : 200) + 50
