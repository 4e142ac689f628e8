import { randomUUID } from 'node:crypto'
import { median, pairedRatio } from '../report/statistics.ts'
import { cells, number, times } from '../report/words.ts'
import { hocuspocus, relay, yWebsocket } from '../servers/peers.ts'
import { slipway } from '../servers/slipway.ts'
import { cpuSeconds } from '../servers/usage.ts'
import { inTurn, withServers } from './in-turn.ts'
import type { Row } from './row.ts'

/** How many updates a second each server carries when many people type at once. */
export const throughputRow: Row = {
  name: 'throughput',
  what: '20 rooms × 5 writers',
  run: ({ settings, driver, folder }) =>
    withServers([relay, slipway, yWebsocket, hocuspocus], folder, async (ups) => {
      const { rooms, writers, edits } = settings.throughput
      const cpu = new Map<string, number[]>()
      const samples = await inTurn(ups, settings.rounds, async (up) => {
        const before = cpuSeconds(up.pid)
        const names = Array.from({ length: rooms }, () => `project/${randomUUID()}`)
        const { updatesPerSecond } = await driver.ask({ kind: 'throughput', target: up.target, rooms: names, writers, edits })
        const micros = ((cpuSeconds(up.pid) - before) / (rooms * writers * edits)) * 1e6
        cpu.set(up.target.dialect, [...(cpu.get(up.target.dialect) ?? []), micros])
        return updatesPerSecond
      })
      const best = Math.max(median(samples['y-websocket']), median(samples.hocuspocus))
      const spent = ups.map((up) => `${up.target.dialect} ${number(median(cpu.get(up.target.dialect) ?? []))}`).join(', ')
      return [
        {
          what: `throughput, ${rooms} rooms × ${writers} writers, updates/s`,
          budget: '≥ every peer in memory',
          cells: cells(samples),
          ratio: times(pairedRatio(samples.slipway, samples.relay)),
          ok: median(samples.slipway) >= best,
          notes: [
            `Processor time a server and its database spend on one update, in µs: ${spent}. Where the driver is the narrow place, this is the truer comparison.`,
          ],
        },
      ]
    }),
}
