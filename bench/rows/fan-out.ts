import { randomUUID } from 'node:crypto'
import { pairedRatio } from '../report/statistics.ts'
import { cells, times } from '../report/words.ts'
import { hocuspocus, relay, yWebsocket } from '../servers/peers.ts'
import { slipway } from '../servers/slipway.ts'
import { inTurn, withServers } from './in-turn.ts'
import type { Row } from './row.ts'

/** One writer, many readers: how many deliveries a second. */
export const fanOutRow: Row = {
  name: 'fan-out',
  what: 'one writer, 200 readers',
  run: ({ settings, driver, folder }) =>
    withServers([relay, slipway, yWebsocket, hocuspocus], folder, async (ups) => {
      const samples = await inTurn(ups, settings.rounds, async ({ target }) => {
        const { deliveriesPerSecond } = await driver.ask({ kind: 'fanOut', target, room: `project/${randomUUID()}`, ...settings.fanOut })
        return deliveriesPerSecond
      })
      const ratio = pairedRatio(samples.slipway, samples.relay)
      return [
        {
          what: `fan-out to ${settings.fanOut.readers}, deliveries/s`,
          budget: '≥ 1.3 × the relay',
          cells: cells(samples),
          ratio: times(ratio),
          ok: ratio >= 1.3,
          notes: [],
        },
      ]
    }),
}
