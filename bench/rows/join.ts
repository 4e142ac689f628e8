import { randomUUID } from 'node:crypto'
import type { Whole } from '../driver/join.ts'
import { pairedRatio, turns } from '../report/statistics.ts'
import { cells, milliseconds, number, times } from '../report/words.ts'
import { hocuspocusStored, relay, yWebsocketStored } from '../servers/peers.ts'
import type { Server } from '../servers/server.ts'
import { slipway } from '../servers/slipway.ts'
import { settled } from '../servers/usage.ts'
import type { Samples } from './in-turn.ts'
import type { Bench, Row } from './row.ts'

/** How long a client that knows nothing waits for a large board when the server has just come up. */
export const joinRow: Row = {
  name: 'join',
  what: 'cold join of a large room after a restart',
  async run(bench) {
    const { settings } = bench
    const projectId = randomUUID()
    const room = `project/${projectId}`
    const stored = [slipway, yWebsocketStored, hocuspocusStored]
    const wholes = new Map<Server, Whole>()
    for (const server of stored) wholes.set(server, await fill(bench, server, room, projectId))
    const samples: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
    let bytes = 0
    for (const round of turns(stored, settings.join.restarts)) {
      for (const server of round) {
        const joined = await joinOnce(bench, server, room, wholes.get(server) ?? [])
        samples[server.dialect].push(joined.milliseconds)
        if (server !== slipway) continue
        bytes = joined.bytes
        samples.relay.push((await joinOnce(bench, relay, `bytes/${bytes}`, [])).milliseconds)
      }
    }
    const ratio = pairedRatio(samples.slipway, samples.relay)
    return [
      {
        what: `cold join of a room with ${number(settings.join.cards)} tasks after a restart`,
        budget: '≤ 1.5 × the same bytes over a bare socket',
        cells: cells(samples, milliseconds),
        ratio: times(ratio),
        ok: ratio <= 1.5,
        notes: [
          `${number(bytes / 1e6)} MB to the last byte, from connecting on; the board merged, then ${number(settings.join.edits)} edits. The peers keep rooms across a restart only with a store: here y-websocket with its LevelDB, Hocuspocus with plain files.`,
        ],
      },
    ]
  },
}

async function fill({ driver, folder, settings }: Bench, server: Server, room: string, projectId: string): Promise<Whole> {
  const up = await server.start(folder)
  try {
    const { cards, edits } = settings.join
    // As a room is found: what was imported long ago has been stored and merged as its server does it, then came some edits.
    const board = await driver.ask({ kind: 'seed', target: up.target, room, projectId, cards, edits: 0 })
    await settled(up.pid)
    const day = await driver.ask({ kind: 'seed', target: up.target, room, projectId, cards: 0, edits })
    if (server !== slipway) await settled(up.pid)
    return [...board.whole, ...day.whole]
  } finally {
    await up.stop()
  }
}

async function joinOnce(
  { driver, folder }: Bench,
  server: Server,
  room: string,
  whole: Whole,
): Promise<{ milliseconds: number; bytes: number }> {
  const up = await server.start(folder)
  try {
    return await driver.ask({ kind: 'join', target: up.target, room, whole })
  } finally {
    await up.stop()
  }
}
