import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Whole } from '../driver/join.ts'
import { pairedRatio, turns } from '../report/statistics.ts'
import { cells, milliseconds, number, times } from '../report/words.ts'
import { hocuspocusStored, relay, yWebsocketStored } from '../servers/peers.ts'
import type { Server } from '../servers/server.ts'
import { slipway } from '../servers/slipway.ts'
import { settled } from '../servers/usage.ts'
import type { Samples } from './in-turn.ts'
import type { Bench, Line, Row } from './row.ts'

/**
 * How long a client that knows nothing waits for a large board when the server has just come up: one somebody wrote into shortly before,
 * and one where nobody did.
 */
export const joinRow: Row = {
  name: 'join',
  what: 'cold join of a large room after a restart',
  async run(bench) {
    const { settings } = bench
    const [quiet, latest] = [randomUUID(), randomUUID()]
    const stored = [slipway, yWebsocketStored, hocuspocusStored]
    const quietWhole = await fill(bench, slipway, quiet, LEFT_MS)
    const wholes = new Map<Server, Whole>()
    for (const server of stored) wholes.set(server, await fill(bench, server, latest))
    const samples: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
    const quietSamples: Samples = { relay: [], slipway: [], 'y-websocket': [], hocuspocus: [] }
    let bytes = 0
    const beside = async ({ relay: relays, slipway: ours }: Samples, projectId: string, whole: Whole): Promise<void> => {
      const joined = await joinOnce(bench, slipway, roomOf(projectId), whole)
      ours.push(joined.milliseconds)
      bytes = joined.bytes
      relays.push((await joinOnce(bench, relay, `bytes/${bytes}`, [])).milliseconds)
    }
    for (const round of turns(stored, settings.join.restarts)) {
      for (const server of round) {
        const whole = wholes.get(server) ?? []
        if (server !== slipway) samples[server.dialect].push((await joinOnce(bench, server, roomOf(latest), whole)).milliseconds)
        else {
          await beside(samples, latest, whole)
          await beside(quietSamples, quiet, quietWhole)
        }
      }
    }
    const cards = number(settings.join.cards)
    const line = (what: string, of: Samples, notes: string[]): Line => {
      const ratio = pairedRatio(of.slipway, of.relay)
      return {
        what,
        budget: '≤ 1.5 × the same bytes over a bare socket',
        cells: cells(of, milliseconds),
        ratio: times(ratio),
        ok: ratio <= 1.5,
        notes,
      }
    }
    return [
      line(`cold join of a room with ${cards} tasks after a restart`, samples, [
        `${number(bytes / 1e6)} MB to the last byte, from connecting on; the board merged, then ${number(settings.join.edits)} edits, the last that were written before: a server opens such rooms before it lets anybody in. The peers keep rooms across a restart only with a store: here y-websocket with its LevelDB, Hocuspocus with plain files.`,
      ]),
      line(`the same where nobody wrote shortly before`, quietSamples, [
        'All had left it for half a minute before the server was stopped. The server reads it when it is asked for it.',
      ]),
    ]
  },
}

const roomOf = (projectId: string): string => `project/${projectId}`

/** By then a room that all have left is merged, and closed. */
const LEFT_MS = 40_000

async function fill({ driver, folder, settings }: Bench, server: Server, projectId: string, leftFor = 0): Promise<Whole> {
  const room = roomOf(projectId)
  const up = await server.start(folder)
  try {
    const { cards, edits } = settings.join
    // As a room is found: what was imported long ago has been stored and merged as its server does it, then came some edits.
    const board = await driver.ask({ kind: 'seed', target: up.target, room, projectId, cards, edits: 0 })
    await settled(up.pid)
    const day = await driver.ask({ kind: 'seed', target: up.target, room, projectId, cards: 0, edits })
    if (server !== slipway) await settled(up.pid)
    await wait(leftFor)
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
