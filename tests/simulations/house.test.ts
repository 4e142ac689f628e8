import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPostgres } from './fakes/postgres.ts'
import { House, type Schedule } from './house.ts'
import { assertHouse, failureOf, findPlanted, schedulesOf, shrink } from './house-schedules.ts'
import { keptLists } from './kept-lists.ts'
import { KEPT_SCHEDULES } from './kept-schedules.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

/** Schedules come in lots, so that a failing one is soon seen again. */
const LOT = 40
const LOTS = process.env.LONG_TESTS ? 250 : 1
/** Every day the same ones, which tell what a change broke; the long run looks for what nobody has seen yet. */
const SEED = Number(process.env.SEED ?? (process.env.LONG_TESTS ? Date.now() % 2 ** 31 : 41))
/** Where planted bugs are looked for. One that hides longer than this would hide from the daily run too often. */
const SEARCHED = schedulesOf(7, 60)
/** One schedule and nothing else: what a failure prints. */
const ONE: Schedule | null = process.env.SCHEDULE ? JSON.parse(process.env.SCHEDULE) : null

let db: PGlite
beforeAll(async () => {
  db = await openPostgres()
})
afterAll(() => db.close())

if (ONE)
  test('the schedule in SCHEDULE breaks no promise', async () => {
    await House.run(db, ONE)
  })
else {
  test.each(KEPT_SCHEDULES)('S01 S03 S04 S27 again: $words', async ({ schedule }) => {
    expect(await failureOf(db, schedule)).toBeNull()
  })

  test(`S01 S03 S04 S14 S27 ${LOT * LOTS} schedules of browsers, server and database with everything failing break no promise`, {
    timeout: 7_200_000,
  }, async () => {
    for (let lot = 0; lot < LOTS; lot++) {
      await assertHouse(db, SEED + lot, schedulesOf(SEED + lot, LOT))
      if (LOTS > 1) process.stdout.write(`${(lot + 1) * LOT} schedules from SEED=${SEED} on\n`)
    }
  })

  test('H1 a schedule that broke off leaves nothing behind for the next, wherever it broke off', async () => {
    // Late, so that what was left behind would wait long for a clock that begins anew.
    const late: Schedule = { seed: 5, size: 1, steps: [[99, 0, 0, 0, 0], ...Array.from({ length: 8 }, () => [0, 0, 0, 10, 0] as const)] }
    for (let more = 30; more < 40; more++) {
      const broken = await failureOf(db, late, ({ kernel, promises }) => {
        let left = more
        const isOver = (): boolean => kernel.now - kernel.began > 22_000 && left-- === 0
        promises.check = () => (isOver() ? Promise.reject(new Error('broken off')) : Promise.resolve())
        return () => undefined
      })
      expect(broken?.message).toMatch(/^broken off/)
      expect(await failureOf(db, { ...late, steps: [] })).toBeNull()
    }
  })

  test('H1 a schedule happens twice in exactly the same way', async () => {
    for (const schedule of schedulesOf(3, 3)) {
      const [one, two] = [await House.run(db, schedule), await House.run(db, schedule)]
      expect(two.kernel.trace).toBe(one.kernel.trace)
      expect(one.kernel.events).toBeGreaterThan(200)
      // What is kept for the next start is part of the play.
      expect(one.browsers.flatMap(keptLists).filter(({ answer }) => answer.patch !== '[]')).not.toEqual([])
    }
  })

  test.each(PLANTED_BUGS)('H1 the simulator finds that $words', async ({ plant, shownBy }) => {
    const likely = typeof shownBy === 'number' ? SEARCHED.slice(shownBy, shownBy + 1) : [shownBy].flat()
    expect(await findPlanted(db, plant, [...likely, ...SEARCHED]), `${SEARCHED.length} schedules did not find it`).not.toBeNull()
  })

  test('H1 a schedule that shows a bug becomes small, and the small one shows it too', async () => {
    const bug = PLANTED_BUGS.find(({ words }) => words === 'the projection skips deletions')
    const [schedule] = SEARCHED
    if (!bug || !schedule) return expect.unreachable()
    const fails = async (smaller: typeof schedule): Promise<boolean> => (await failureOf(db, smaller, bug.plant)) !== null
    const small = await shrink(schedule, fails)
    expect([schedule.steps.length, schedule.size]).toEqual([37, 2])
    expect([small.steps.length, small.size]).toEqual([1, 1])
    expect(await fails(small)).toBe(true)
  })
}
