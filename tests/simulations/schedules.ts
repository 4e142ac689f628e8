import { isDeepStrictEqual } from 'node:util'
import type { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { createProject } from '#domain/tasks/create-project.ts'
import { DEEDS } from './deeds.ts'
import { Swarm } from './swarm.ts'
import { empty, Follower, openTables, rebuild, rowsIn, rowsOfDocument } from './tables.ts'

const number = fc.nat({ max: 1_000 })
/** A step: who, whether they do something or the network does, and the numbers that say what. */
type Step = readonly [who: number, what: number, a: number, b: number, c: number]
const steps = fc.array(fc.tuple(number, fc.nat({ max: 99 }), number, number, number), { minLength: 20, maxLength: 70, size: 'max' })

/**
 * S01 and S27: whatever some devices do at once, over a network that loses, doubles, delays and reorders, in the end all
 * say the same, and the tables that followed by small steps equal the tables built from the documents alone.
 * A failure prints fast-check's seed and path; give both to `fc.assert` to see it again.
 */
export async function assertSchedules(runs: number, sizes: { min: number; max: number }): Promise<void> {
  const db = await openTables()
  try {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0 }), fc.integer(sizes), steps, (seed, size, steps) => runSchedule(db, seed, size, steps)),
      { numRuns: runs },
    )
  } finally {
    await db.close()
  }
}

async function runSchedule(db: PGlite, seed: number, size: number, steps: readonly Step[]): Promise<void> {
  const dice = new Swarm(seed, 1, []).device(0).world
  const place = { projectId: dice.newId(), interviewId: dice.newId() }
  const rooms = [projectRoom(place.projectId), chatRoom(place.interviewId)]
  const swarm = new Swarm(seed, size, rooms)
  // Shrinking runs a seed again: it must not find the tables of the run before.
  for (const room of rooms) await empty(db, room)
  const followers = rooms.map((room) => new Follower(db, room))
  const watch = (): void => {
    for (const [at, room] of rooms.entries()) followers[at]?.watch(swarm.device(0).doc(room))
  }
  watch()
  swarm.device(0).must(createProject, { id: place.projectId, name: 'Simulated' })
  for (const [who, what, a, b, c] of steps) {
    if (what < 60) DEEDS[a % DEEDS.length]?.(swarm.device(who), place, [b, c, a])
    else if (what < 80) swarm.deliver(who)
    else if (what < 85) swarm.deliver(who, true)
    else if (what < 90) swarm.drop(who)
    else if (what < 92) swarm.heal()
    else {
      for (const follower of followers) await follower.flush()
      if (what < 96) continue
      swarm.restart(who % size)
      watch()
    }
  }
  swarm.heal()
  for (const [at, room] of rooms.entries()) {
    const doc = swarm.device(0).doc(room)
    for (let other = 1; other < size; other++) {
      same(swarm.contents(other, room), swarm.contents(0, room))
      same(Y.encodeStateVector(swarm.device(other).doc(room)), Y.encodeStateVector(doc))
    }
    await followers[at]?.flush()
    const followed = await rowsIn(db, room)
    same(followed, rowsOfDocument(doc, room))
    await rebuild(db, doc, room)
    same(await rowsIn(db, room), followed)
  }
}

/** `toEqual` draws the difference but is slow to find that there is none. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected)
}
