import { randomUUID } from 'node:crypto'
import { Driver } from '../driver/driver.ts'
import { median, percentile, turns } from '../report/statistics.ts'
import { milliseconds, number, times } from '../report/words.ts'
import { slipway } from '../servers/slipway.ts'
import { withServers } from './in-turn.ts'
import type { Bench, Line, Row } from './row.ts'

/** Flat within what two noisy runs of the same thing may differ by. */
const FLAT = 1.5

type Board = { projectId: string; cards: number }

/** Whether an edit costs the same on a large board as on a small one: on the server, and on its way into the tables. */
export const growthRow: Row = {
  name: 'growth',
  what: 'cost of one edit on growing boards',
  async run(bench) {
    const boards = bench.settings.growth.cards.map((cards) => ({ projectId: randomUUID(), cards }))
    return [...(await onTheServer(bench, boards)), await intoTheTables(bench, boards)]
  },
}

function onTheServer({ settings, driver, folder, say }: Bench, boards: Board[]): Promise<Line[]> {
  return withServers([slipway], folder, async ([up]) => {
    if (!up) return []
    for (const { projectId, cards } of boards) {
      say(`growth: filling a room with ${number(cards)} cards`)
      await driver.ask({ kind: 'seed', target: up.target, room: `project/${projectId}`, projectId, cards, edits: 0 }, 300_000)
    }
    const forwarded = boards.map((): number[] => [])
    const durable = boards.map((): number[] => [])
    for (const [round, order] of turns(boards, settings.rounds + 1).entries()) {
      for (const board of order) {
        const room = `project/${board.projectId}`
        const { projectId } = board
        const job = {
          kind: 'propagation',
          target: up.target,
          room,
          projectId,
          cards: 0,
          writer: round + 1,
          edits: settings.growth.edits,
          everyMs: 5,
        } as const
        const result = await driver.ask(job, 300_000)
        if (round === 0) continue
        forwarded[boards.indexOf(board)]?.push(percentile(result.arrived, 0.5))
        durable[boards.indexOf(board)]?.push(percentile(result.durable, 0.5))
      }
    }
    return [
      line('server: one edit → forwarded, p50', boards, forwarded.map(median)),
      line('server: one edit → appended durably, p50', boards, durable.map(median)),
    ]
  })
}

async function intoTheTables({ settings, say }: Bench, boards: Board[]): Promise<Line> {
  say('growth: projecting boards into PGlite')
  const driver = new Driver()
  try {
    const { milliseconds } = await driver.ask({ kind: 'projection', boards, edits: settings.growth.edits }, 600_000)
    return line(
      'projection: one edit → in PGlite (Node, in memory), p50',
      boards,
      milliseconds.map((each) => percentile(each, 0.5)),
    )
  } finally {
    driver.stop()
  }
}

function line(what: string, boards: readonly Board[], p50: readonly number[]): Line {
  const growth = (p50.at(-1) ?? Number.NaN) / (p50[0] ?? Number.NaN)
  return {
    what: `growth, ${what}, ${boards.map(({ cards }) => number(cards)).join(' → ')} tasks`,
    budget: `flat (last ≤ ${FLAT} × first)`,
    cells: { slipway: p50.map(milliseconds).join(' → ') },
    ratio: `${times(growth)} of itself`,
    ok: growth <= FLAT,
    notes: [],
  }
}
