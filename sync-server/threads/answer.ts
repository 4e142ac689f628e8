import { parentPort } from 'node:worker_threads'
import type { Call, Reply } from './thread.ts'

/** Inside a worker thread: answers each request with what `handle` returns, or with its error's message. */
export function answerCalls<Request>(handle: (request: Request) => unknown): void {
  const port = parentPort
  if (!port) throw new Error('this file runs in a worker thread only')
  port.on('message', ({ id, request }: Call) => {
    let reply: Reply
    try {
      reply = { id, value: handle(request as Request) }
    } catch (thrown) {
      reply = { id, error: thrown instanceof Error ? thrown.message : String(thrown) }
    }
    port.postMessage(reply)
  })
}
