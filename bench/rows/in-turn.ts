import type { Dialect } from '../driver/frames.ts'
import { turns } from '../report/statistics.ts'
import type { Server, Up } from '../servers/server.ts'

/** What every server reached, round by round. */
export type Samples = Record<Dialect, number[]>

/** Starts the servers, hands them over, and stops them whatever happens. */
export async function withServers<T>(servers: readonly Server[], folder: string, use: (ups: Up[]) => Promise<T>): Promise<T> {
  const ups: Up[] = []
  try {
    for (const server of servers) ups.push(await server.start(folder))
    return await use(ups)
  } finally {
    await Promise.all(ups.map((up) => up.stop()))
  }
}

/**
 * Measures servers that are up at the same time in turn, A B C, B C A, …: what slows the machine down for a while slows
 * all of them. The first round warms up and is not counted.
 */
export async function inTurn(ups: readonly Up[], rounds: number, measure: (up: Up) => Promise<number>): Promise<Samples> {
  const samples: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
  const [warmUp = [], ...counted] = turns(ups, rounds + 1)
  for (const up of warmUp) await measure(up)
  for (const round of counted) for (const up of round) samples[up.target.dialect].push(await measure(up))
  return samples
}
