import { createServer } from 'node:net'

const FIRST = 4800
const LANE = 10
const LANES = 16
/**
 * Workers side by side take ports from lanes of their own, so that none takes what another just found free, or what a
 * server of another that is killed will want back. Their numbers are those of vitest, from 1, and of Playwright, from 0.
 */
const lane = Number(process.env.VITEST_POOL_ID ?? process.env.TEST_PARALLEL_INDEX ?? 0)
if (lane >= LANES) throw new Error(`Worker ${lane} has no ports: there are lanes for ${LANES} workers.`)
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
