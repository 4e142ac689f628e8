import { randomUUID } from 'node:crypto'
import { pairedRatio, turns } from '../report/statistics.ts'
import { cells, number, times } from '../report/words.ts'
import { hocuspocus, relay, yWebsocket } from '../servers/peers.ts'
import type { Server } from '../servers/server.ts'
import { slipway } from '../servers/slipway.ts'
import { memoryInUse } from '../servers/usage.ts'
import { type Samples, withServers } from './in-turn.ts'
import type { Bench, Row } from './row.ts'

/** Connections made before the first measurement, so that code and buffers every server needs anyway are not counted. */
const WARM_UP = 1_000

/** What one person who only looks costs the server. */
export const memoryRow: Row = {
  name: 'memory',
  what: 'memory of an idle connection',
  async run(bench) {
    const { connections, rooms, rounds } = bench.settings.idle
    const samples: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
    for (const round of turns([relay, slipway, yWebsocket, hocuspocus], rounds)) {
      for (const server of round) samples[server.dialect].push(await perConnection(bench, server))
    }
    const ratio = pairedRatio(samples.slipway, samples.relay)
    return [
      {
        what: 'memory per idle connection, KiB',
        budget: '≤ 1.2 × the relay',
        cells: cells(samples, number),
        ratio: times(ratio),
        ok: ratio <= 1.2,
        notes: [
          `${number(connections)} connections in ${rooms} rooms; on top of the first ${number(WARM_UP)}; what is in use in a freshly started server process after collecting garbage.`,
        ],
      },
    ]
  },
}

/** A fresh server for each measurement: what an earlier one left behind would look free. */
function perConnection({ settings, driver, folder }: Bench, server: Server): Promise<number> {
  const { connections, rooms } = settings.idle
  return withServers([server], folder, async ([up]) => {
    if (!up) return Number.NaN
    const names = Array.from({ length: rooms }, () => `project/${randomUUID()}`)
    await driver.ask({ kind: 'idle', target: up.target, rooms: names, connections: WARM_UP })
    const before = await memoryInUse(up.pid)
    await driver.ask({ kind: 'idle', target: up.target, rooms: names, connections })
    const after = await memoryInUse(up.pid)
    await driver.ask({ kind: 'release' })
    return (after - before) / connections / 1_024
  })
}
