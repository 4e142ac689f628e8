import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { endIfSlow } from './slow-requests.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function request(method: string, url: string) {
  const socket = { bytesRead: 0, destroy: vi.fn() }
  const made = Object.assign(new EventEmitter(), { method, url, socket, complete: false })
  endIfSlow(made as unknown as IncomingMessage)
  return { made, socket }
}

test('HTTP-1 a request that has not arrived after a minute is ended; one that has may wait for its answer', () => {
  const slow = request('POST', '/blobs')
  const poll = request('GET', '/trpc/turns.wait')
  poll.made.complete = true
  vi.advanceTimersByTime(61_000)
  expect(slow.socket.destroy).toHaveBeenCalled()
  vi.advanceTimersByTime(600_000)
  expect(poll.socket.destroy).not.toHaveBeenCalled()
})

test('HTTP-2 a project’s file may take its time while it keeps coming, and not when it only trickles', () => {
  const { made, socket } = request('POST', '/parcels')
  for (let at = 0; at < 20; at++) {
    socket.bytesRead += 100_000
    vi.advanceTimersByTime(30_000)
  }
  expect(socket.destroy).not.toHaveBeenCalled()
  socket.bytesRead += 1_000
  vi.advanceTimersByTime(30_000)
  expect(socket.destroy).toHaveBeenCalledTimes(1)
  made.emit('close')
  expect(vi.getTimerCount()).toBe(0)
})
