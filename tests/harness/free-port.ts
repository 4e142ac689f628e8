import { createServer } from 'node:net'

const FIRST = 4750
const LANE = 10
/** Workers side by side take ports from lanes of their own, so that none takes what another just found free. */
const lane = Number(process.env.VITEST_POOL_ID ?? Number(process.env.TEST_PARALLEL_INDEX ?? 0) + 1) % 2
const first = FIRST + lane * LANE
const last = first + LANE - 1
let next = first

/** A port of the tests' own range that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < LANE; tries++) {
    const port = next
    next = port === last ? first : port + 1
    if (await isFree(port)) return port
  }
  throw new Error(`Every port from ${first} to ${last} is taken.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)))
  })
}
