import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeRunnerServer, fakeRunnerServer } from '#tests/fakes/runner-server.ts'
import { LeaseClock, steadyNow } from './lease-clock.ts'
import { type Leases, openLeases } from './leases.ts'

let server: FakeRunnerServer
let leases: Leases
beforeAll(async () => {
  server = await fakeRunnerServer()
  leases = openLeases({ url: server.url, token: server.token, askMs: 50 })
})
afterAll(async () => {
  await leases.close()
  await server.close()
})

const hold = () => {
  const { turnId, fence } = server.queue({ kind: 'inspectRepo', path: '/x' })
  const stops: string[] = []
  return { turnId, stops, lease: leases.hold(turnId, fence, (why) => stops.push(why.why)) }
}
const block = (ms: number): void => {
  for (const end = performance.now() + ms; performance.now() < end; );
}

/** A server in a thread of its own, because the test blocks this one. */
const COUNTING_SERVER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const server = require('node:http').createServer((request, response) => {
    Atomics.add(workerData, 0, 1)
    response.setHeader('content-type', 'application/json').end('{"result":{"data":{"cancel":false}}}')
  })
  server.listen(0, '127.0.0.1', () => parentPort.postMessage('http://127.0.0.1:' + server.address().port))
`

describe('leases', () => {
  it('LEASE-1 S25 is held while answers come, by both clocks', () => {
    const clock = new LeaseClock()
    clock.answered(1_000, 1_000)
    expect(clock.isHeld(45_000, 45_000, 45_000)).toBe(true)
    expect(clock.isHeld(46_000, 2_000, 45_000)).toBe(false)
    expect(clock.isHeld(2_000, 46_000, 45_000)).toBe(false)
    expect(new LeaseClock(clock.memory).isHeld(2_000, 2_000, 45_000)).toBe(true)
    clock.lost()
    expect(clock.isHeld(2_000, 2_000, 45_000)).toBe(false)
  })

  it('LEASE-3 is renewed while the working loop is blocked', async () => {
    const counted = new Int32Array(new SharedArrayBuffer(4))
    const elsewhere = new Worker(COUNTING_SERVER, { eval: true, workerData: counted })
    const url = await new Promise<string>((resolve) => elsewhere.once('message', resolve))
    const own = openLeases({ url, token: 'x', askMs: 50 })
    const lease = own.hold('a-turn', 1, () => {})
    await server.until(() => Atomics.load(counted, 0) > 0)
    const before = Atomics.load(counted, 0)
    block(1_500)
    expect(Atomics.load(counted, 0)).toBeGreaterThan(before)
    lease.check()
    await own.close()
    await elsewhere.terminate()
  })

  it('LEASE-3 a cancelled turn is heard of, a lost one too, and then nothing may be changed', async () => {
    const { turnId, stops, lease } = hold()
    server.cancel(turnId)
    await server.until(() => stops.includes('cancelled'))
    expect(() => lease.check()).not.toThrow()
    server.takeAway(turnId)
    await server.until(() => stops.includes('lease-lost'))
    expect(() => lease.check()).toThrow('gave this run away')
    expect(steadyNow()).toBeGreaterThan(0)
  })
})
