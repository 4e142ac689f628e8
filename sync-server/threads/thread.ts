import type { Worker } from 'node:worker_threads'
import { startThread } from '#launch/start-thread.ts'

type Waiting = { resolve: (value: unknown) => void; reject: (reason: Error) => void; timer: NodeJS.Timeout }
export type Reply = { id: number; value?: unknown; error?: string }
export type Call = { id: number; request: unknown }

/** A thread did not answer in time, or ended. What it held is gone; the next call starts a fresh one. */
export class ThreadLost extends Error {
  override name = 'ThreadLost'
}

/**
 * A worker thread that answers one request after another. A request that takes longer than its patience ends the thread:
 * bytes that stall a decoder stall nothing but themselves.
 */
export class Thread<Request, Answer> {
  /** Counts the threads started: a caller that keeps state over there compares it to know when that state is gone. */
  generation = 0
  readonly #file: string
  readonly #patience: number
  #worker: Worker | undefined
  #waiting = new Map<number, Waiting>()
  #next = 1

  /** `file` is named from the root of the repository. */
  constructor(file: string, patience: number) {
    this.#file = file
    this.#patience = patience
  }

  /** Starts the thread now, so that the first request does not wait for it. */
  start(): void {
    if (this.#worker) return
    this.generation++
    const worker = startThread(this.#file)
    this.#worker = worker
    worker.on('message', (reply: Reply) => this.#settle(reply))
    worker.on('error', (error) => this.#lose(worker, error.message))
    worker.on('exit', () => this.#lose(worker, 'it ended'))
    worker.unref()
  }

  /** Asks and waits. Rejects with the thread's own error, or with `ThreadLost`. */
  ask(request: Request, transfer: ArrayBuffer[] = [], patience = this.#patience): Promise<Answer> {
    this.start()
    const worker = this.#worker
    if (!worker) throw new ThreadLost('no thread')
    const id = this.#next++
    return new Promise<Answer>((resolve, reject) => {
      // The request before this one may take its own time first, so patience is counted per request in hand.
      const timer = setTimeout(() => this.#lose(worker, 'it did not answer in time'), patience * (1 + Math.min(this.#waiting.size, 5)))
      timer.unref()
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, timer })
      worker.ref()
      worker.postMessage({ id, request } satisfies Call, transfer)
    })
  }

  /** Ends the thread; requests under way are lost. */
  async stop(): Promise<void> {
    const worker = this.#worker
    if (worker) this.#lose(worker, 'the server is stopping')
    await worker?.terminate()
  }

  #settle({ id, value, error }: Reply): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#worker?.unref()
    clearTimeout(waiting.timer)
    if (error === undefined) waiting.resolve(value)
    else waiting.reject(new Error(error))
  }

  #lose(worker: Worker, why: string): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    void worker.terminate()
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject, timer } of waiting) {
      clearTimeout(timer)
      reject(new ThreadLost(`A worker thread was lost: ${why}.`))
    }
  }
}
