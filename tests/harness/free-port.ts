import { createServer } from 'node:net'

const FIRST = 4750
const LAST = 4769
let next = FIRST + (process.pid % (LAST - FIRST + 1))

/** A port of the tests' own range that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries <= LAST - FIRST; tries++) {
    const port = next
    next = port === LAST ? FIRST : port + 1
    if (await isFree(port)) return port
  }
  throw new Error(`Every port from ${FIRST} to ${LAST} is taken.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer()
    probe.once('error', () => answer(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)))
  })
}
