import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgres } from './fakes/postgres.ts'
import { House, LONG, type Plant, type Schedule, type Step } from './house.ts'
import { seededDice } from './seeded-world.ts'

let db: PGlite
beforeAll(async () => {
  db = await openPostgres()
})
afterAll(() => db.close())

const COUNT = process.env.LONG_TESTS ? 500 : 6
const PATIENT = { timeout: 7_200_000 }
const SEED = Number(process.env.SEED ?? 2)

const MINUTES_OF_90_DAYS = 90 * 24 * 60

/** Edits of whoever it is, deletions among them. */
const edits = (dice: () => number, count: number, who: number | null = null): Step[] =>
  Array.from({ length: count }, () => {
    const [what = 0, a = 0, b = 0, c = 0] = [50, 1_000, 1_000, 1_000].map((most) => Math.floor(dice() * most))
    return [what, who ?? c % 3, a, b, c] as const
  })

async function play(
  make: (dice: () => number, at: number) => Omit<Schedule, 'seed'>,
  plant?: Plant,
  look: (house: House) => void = () => undefined,
): Promise<void> {
  for (let at = 0; at < COUNT; at++) {
    const schedule = { seed: SEED + at, ...make(seededDice(SEED + at), at) }
    try {
      look(await House.run(db, schedule, plant))
    } catch (thrown) {
      throw new Error(`SCHEDULE='${JSON.stringify(schedule)}'`, { cause: thrown })
    }
  }
}

// Browsers find the way back within two and a half (REPLICA-31). A server that was cut off from its database tries again within four, as TCP does, and then lets everybody come back.
test(
  `S02 ${COUNT} partitions, of a browser and of servers from the database, up to 24 hours in the long run: 5 seconds after the last all agree`,
  PATIENT,
  () =>
    play((dice, at) => {
      const minutes = process.env.LONG_TESTS && at % 50 === 0 ? 24 * 60 : Math.floor(dice() * 10)
      const servers = [1, 0].slice(0, Math.floor(dice() * 3))
      const parted: Step[] = [[80, 0, 0, 0, 0], ...servers.map((server) => [LONG.partServer, 0, server, 0, 0] as const)]
      return {
        size: 3,
        servers: 2,
        within: 5,
        steps: [...edits(dice, 10), ...parted, ...edits(dice, 15), [LONG.pass, 0, minutes, 0, 0], ...edits(dice, 10)],
      }
    }),
)

/** Cards that stand where they were deleted before. */
function resurrected({ browsers, rooms }: House): string[] {
  const docs = browsers.flatMap(({ tabs }) => tabs).flatMap(({ replica }) => rooms.map((room) => replica.rooms.get(room)?.doc))
  const cards = docs.flatMap((doc) => (doc ? [...doc.getMap('tasks')._map] : []))
  return cards.filter(([id, item]) => !item.deleted && item.left && !id.startsWith('odd')).map(([id]) => id)
}

test(
  `S05 ${COUNT} times a device comes back after 90 days, with edits that never left it and much deleted meanwhile: nothing is lost, nothing is there again`,
  PATIENT,
  () =>
    play(
      (dice) => ({
        size: 2,
        steps: [
          ...edits(dice, 15),
          [LONG.pass, 0, 1, 0, 0],
          // The second browser writes on alone, and is put away.
          [80, 1, 0, 0, 0],
          ...edits(dice, 10, 1),
          [66, 0, 500, 0, 0],
          [LONG.leave, 1, 0, 0, 0],
          [82, 1, 0, 0, 0],
          // The first deletes and writes; then everything stands still, with something on its way.
          ...[1, 2, 3, 4].map((card) => [7, 0, 7, card, 0] as const),
          ...edits(dice, 10, 0),
          [90, 0, 0, 0, 0],
          [LONG.leave, 0, 0, 0, 0],
          [LONG.pass, 0, MINUTES_OF_90_DAYS, 0, 0],
          [73, 1, 0, 0, 0],
          ...edits(dice, 5, 1),
          [92, 0, 0, 0, 0],
        ],
      }),
      undefined,
      (house) => expect(resurrected(house)).toEqual([]),
    ),
)

test(
  `S25 ${COUNT} schedules on devices whose clocks are up to 48 hours wrong, with servers whose clocks are put forward and back by an hour, break no promise`,
  PATIENT,
  () =>
    play((dice) => {
      const clocks = [0, 1, 2].flatMap((who): Step[] => [
        [LONG.setClock, who, Math.floor(dice() * 97), 0, 0],
        [LONG.leave, who, 0, 0, 0],
        [73, who, 0, 0, 0],
      ])
      const servers = (): Step => [LONG.setServers, 0, Math.floor(dice() * 3), 0, 0]
      return {
        size: 3,
        servers: 2,
        steps: [
          ...edits(dice, 8),
          ...clocks,
          [66, 0, 999, 0, 0],
          ...edits(dice, 8),
          servers(),
          ...edits(dice, 8),
          [LONG.pass, 0, 1, 0, 0],
          servers(),
          ...edits(dice, 8),
        ],
      }
    }),
)
