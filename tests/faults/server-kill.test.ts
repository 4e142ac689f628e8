import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectRoom } from '#domain/core/rooms.ts'
import { seededWorld } from '#tests/simulations/seeded-world.ts'
import { familyOf } from '../harness/processes.ts'
import { Slipway } from '../harness/slipway.ts'
import { waitUntil } from '../harness/wait-until.ts'
import { CYCLES, killingDice } from './cycles.ts'
import { joinAnew, missing, readJournal, Writer } from './writer.ts'

const WRITERS = 3
let slipway: Slipway
let token: string

beforeAll(async () => {
  slipway = await Slipway.start({ runner: false })
  token = slipway.token('member', 'Writer')
})
afterAll(() => slipway.end())

test(`S07 ${CYCLES} kill -9 of the server while people write: every acknowledged edit is there, for who joins anew and in the journal itself`, async () => {
  const dice = killingDice('server kills')
  const rooms = Array.from({ length: WRITERS }, (_, at) => projectRoom(seededWorld(Math.floor(dice() * 1e9) + at).newId()))
  const promised = new Map(rooms.map((room) => [room, new Set<string>()]))
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const writers = rooms.map((room, at) => new Writer({ slipway, token, room }, `${cycle}-${at}`))
    const enough = 1 + Math.floor(dice() * 60)
    await waitUntil('acknowledgements', () => writers.every((writer) => writer.acknowledged.size >= enough))
    await sleep(dice() * 60)
    const killed = performance.now()
    await killServer(cycle % 4 === 3, cycle % 8 === 7)
    for (const [at, writer] of writers.entries()) {
      writer.stop()
      for (const mark of writer.acknowledged) promised.get(rooms[at] ?? '')?.add(mark)
    }
    await slipway.startServer()
    console.log(
      `kill ${cycle + 1}: ${writers.reduce((sum, writer) => sum + writer.acknowledged.size, 0)} acknowledged, back after ${Math.round(performance.now() - killed)} ms`,
    )
    for (const [room, marks] of promised) {
      expect(
        missing(marks, await joinAnew({ slipway, token, room })),
        `acknowledged and lost after kill ${cycle + 1} in ${room}, for who joins`,
      ).toEqual([])
    }
  }
  for (const [room, marks] of promised) {
    expect(marks.size).toBeGreaterThan(CYCLES)
    expect(missing(marks, await readJournal({ slipway, token, room })), `acknowledged and not in the journal of ${room}`).toEqual([])
  }
})

/** Kills the server alone, or with its database: a power cut. With `isOneLate` a process of the database's is not dead at once: it waits for its disk. */
async function killServer(withDatabase: boolean, isOneLate: boolean): Promise<void> {
  const pid = slipway.pid('server')
  const family = withDatabase && pid !== undefined ? familyOf(pid).filter((one) => one.pid !== pid) : []
  const late = isOneLate ? family.findLast(({ command }) => command.startsWith('postgres: slipway')) : undefined
  if (late) process.kill(late.pid, 'SIGSTOP')
  await slipway.kill('server')
  for (const one of family) {
    if (one === late) continue
    try {
      process.kill(one.pid, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}
