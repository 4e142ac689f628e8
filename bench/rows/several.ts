import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { makeLog } from '#server/log.ts'
import { type Address, addressUrl } from '#server/postgres/address.ts'
import { startEmbedded } from '#server/postgres/embedded.ts'
import type { Target } from '../driver/connection.ts'
import { fromSeed } from '../driver/from-seed.ts'
import { carried, readsPerUpdate } from '../report/spread.ts'
import { median, pairedRatio, percentile, turns } from '../report/statistics.ts'
import { middle, milliseconds, number, times } from '../report/words.ts'
import type { Up } from '../servers/server.ts'
import { startOn } from '../servers/slipway.ts'
import { cpuSeconds } from '../servers/usage.ts'
import type { Line, Row } from './row.ts'

/** How many servers share a database, and over how many of them the writers are spread. */
type Set = { title: string; servers: number; used: number }
const SETS: readonly Set[] = [
  { title: 'one server', servers: 1, used: 1 },
  { title: 'two, everybody at one', servers: 2, used: 1 },
  { title: 'two', servers: 2, used: 2 },
  { title: 'three', servers: 3, used: 3 },
]
const FIRST_PORT = 4780
const CARDS = 1_000
const MANY = [2, 4, 8, 16]
const CROWD = { rooms: 10_000, meanClients: 5 }

type Cost = { perSecond: number[]; servers: number[]; database: number[]; notified: number[] }

/** What several servers on one PostgreSQL carry, and what it costs; each set has a database of its own on one PostgreSQL. */
export const severalRow: Row = {
  name: 'several',
  what: 'one, two and three servers on one PostgreSQL',
  needsNoPeer: true,
  run: async ({ settings, driver, folder, say }) => {
    const embedded = await startEmbedded(folder, makeLog('silent'))
    const database = Number((await readFile(path.join(embedded.folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
    try {
      const costs = SETS.map((): Cost => ({ perSecond: [], servers: [], database: [], notified: [] }))
      const near: number[] = []
      const far: number[] = []
      const { rooms, writers, edits } = settings.throughput
      const total = rooms * writers * edits
      for (const [round, order] of turns([...SETS.keys()], settings.rounds + 1).entries()) {
        for (const at of order) {
          const set = SETS[at] as Set
          const cost = costs[at] as Cost
          // All sets at once would need more connections than the database gives.
          const name = `set_${at}_${round}`
          const address = await makeDatabase(embedded.address, name)
          const ups = await startOn(addressUrl(address), path.join(folder, name), set.servers, FIRST_PORT)
          try {
            const targets = ups.map((up) => up.target).slice(0, set.used)
            const [target, other] = targets as [Target, Target | undefined]
            const throughput = () =>
              driver.ask({ kind: 'throughput', target, others: targets.slice(1), rooms: names(rooms), writers, edits })
            // What is compiled and connected once is not counted.
            await throughput()
            const before = { servers: cpuOf(ups), database: cpuSeconds(database), notified: await notifiedBy(ups) }
            const { updatesPerSecond } = await throughput()
            if (round === 0) continue
            cost.perSecond.push(updatesPerSecond)
            cost.servers.push(((cpuOf(ups) - before.servers) / total) * 1e6)
            cost.database.push(((cpuSeconds(database) - before.database) / total) * 1e6)
            cost.notified.push(((await notifiedBy(ups)) - before.notified) / total)
            if (set.used !== 2 || !other) continue
            for (const [times, reader] of [
              [near, target],
              [far, other],
            ] as const) {
              const projectId = randomUUID()
              const room = `project/${projectId}`
              const { arrived } = await driver.ask({
                kind: 'propagation',
                target,
                reader,
                room,
                projectId,
                cards: CARDS,
                writer: 0,
                ...settings.propagation,
              })
              times.push(percentile(arrived, 0.5))
            }
          } finally {
            await Promise.all(ups.map((up) => up.stop()))
          }
        }
        say(`several: round ${round} of ${settings.rounds}`)
      }
      const alone = costs[0] as Cost
      return [
        ...SETS.map(({ title }, at) => {
          const cost = costs[at] as Cost
          return {
            what: `${title}: updates/s`,
            budget: '–',
            cells: { slipway: middle(cost.perSecond) },
            ratio: times(pairedRatio(cost.perSecond, alone.perSecond)),
            ok: null,
            notes: [
              `Servers ${number(median(cost.servers))} µs and PostgreSQL ${number(median(cost.database))} µs of processor time an update, ${number(median(cost.notified) * 1_000)} notifications for 1,000 updates. The ratio is to one server alone; driver, servers and database share the processors.`,
            ],
          }
        }),
        {
          what: 'an edit → a reader at another server, p50',
          budget: '–',
          cells: { slipway: middle(far, milliseconds) },
          ratio: times(pairedRatio(far, near)),
          ok: null,
          notes: [
            `The ratio is to a reader at the same server, who has it after ${milliseconds(median(near))}: before it is on the disk, where another server has it after.`,
          ],
        },
        ...simulate(costs),
      ]
    } finally {
      await embedded.stop()
    }
  },
}

/** What many servers would carry, from what one, two and three cost in this very run. */
function simulate(costs: readonly Cost[]): Line[] {
  const [one, , two, three] = costs.map(({ servers, database }) => ({ server: median(servers), database: median(database) }))
  if (!one || !two || !three) return []
  // Two servers read each update once, three twice: a slope through both.
  const slope = (of: 'server' | 'database'): number => Math.max(0, ((two[of] - one[of]) * 1 + (three[of] - one[of]) * 2) / 5)
  const cost = { ...one, serverRead: slope('server'), databaseRead: slope('database') }
  const { random } = fromSeed('crowd')
  return MANY.flatMap((servers) =>
    [false, true].map((hashed) => {
      const reads = readsPerUpdate(servers, CROWD, hashed, random)
      const more = carried(servers, reads, cost)
      return {
        what: `simulated: ${servers} servers, ${hashed ? 'each room at one' : 'clients anywhere'}`,
        budget: '–',
        cells: { slipway: `each update read by ${number(reads)} others; PostgreSQL works ${times(more.database)} as much for it` },
        ratio: times(more.servers),
        ok: null,
        notes: [
          `Rooms of ${CROWD.meanClients} people on average. An update costs its server ${number(cost.server)} µs and each other that reads it ${number(cost.serverRead)}; PostgreSQL ${number(cost.database)} and ${number(cost.databaseRead)}. The ratio is what the servers carry together, to one alone.`,
        ],
      }
    }),
  )
}

const names = (count: number): string[] => Array.from({ length: count }, () => `project/${randomUUID()}`)

const cpuOf = (ups: readonly Up[]): number => ups.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)

async function makeDatabase(address: Address, name: string): Promise<Address> {
  const client = new pg.Client(address)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return { ...address, database: name }
}

/** How many notifications these servers have sent since they started. */
async function notifiedBy(ups: readonly Up[]): Promise<number> {
  const counts = ups.map(async ({ target }) => {
    const text = await (await fetch(`${target.url.replace('ws', 'http')}/metrics`)).text()
    return Number(/^slipway_notifications (\d+)/m.exec(text)?.[1] ?? 0)
  })
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
}
