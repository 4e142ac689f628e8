import { randomUUID } from 'node:crypto'
import { median, pairedRatio, percentile } from '../report/statistics.ts'
import { cells, milliseconds, times } from '../report/words.ts'
import { hocuspocus, relay, yWebsocket } from '../servers/peers.ts'
import { slipway } from '../servers/slipway.ts'
import { inTurn, type Samples, withServers } from './in-turn.ts'
import type { Row } from './row.ts'

const CARDS = 1_000

/** How soon another client has an edit. */
export const propagationRow: Row = {
  name: 'propagation',
  what: 'two clients, one edit at a time',
  run: ({ settings, driver, folder }) =>
    withServers([relay, slipway, yWebsocket, hocuspocus], folder, async (ups) => {
      const slow: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
      const durable: number[] = []
      const samples = await inTurn(ups, settings.rounds, async ({ target }) => {
        const projectId = randomUUID()
        const result = await driver.ask({
          kind: 'propagation',
          target,
          room: `project/${projectId}`,
          projectId,
          cards: CARDS,
          writer: 0,
          ...settings.propagation,
        })
        slow[target.dialect].push(percentile(result.arrived, 0.95))
        durable.push(...result.durable)
        return percentile(result.arrived, 0.5)
      })
      for (const dialect of Object.keys(slow) as (keyof Samples)[]) slow[dialect].shift()
      const ratio = pairedRatio(samples.slipway, samples.relay)
      return [
        {
          what: 'propagation between 2 clients, p50',
          budget: '≤ 1.3 × the relay',
          cells: cells(samples, milliseconds),
          ratio: times(ratio),
          ok: ratio <= 1.3,
          notes: [
            `The writer itself knows that its edit is durable after ${milliseconds(median(durable))} (p50) or ${milliseconds(percentile(durable, 0.95))} (p95).`,
          ],
        },
        {
          what: 'propagation between 2 clients, p95',
          budget: '–',
          cells: cells(slow, milliseconds),
          ratio: times(pairedRatio(slow.slipway, slow.relay)),
          ok: null,
          notes: [],
        },
      ]
    }),
}
