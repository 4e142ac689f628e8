import { describe, expect, it } from 'vitest'
import { fromSeed } from '../driver/from-seed.ts'
import { carried, readsPerUpdate } from './spread.ts'

describe('the simulation of many servers', () => {
  const { random } = fromSeed('spread')
  const crowd = { rooms: 3_000, meanClients: 5 }

  it('BENCH-10 nobody else reads where there is one server, or each room is at one', () => {
    expect(readsPerUpdate(1, crowd, false, random)).toBe(0)
    expect(readsPerUpdate(8, crowd, true, random)).toBe(0)
  })

  it('BENCH-10 with clients anywhere an update reaches as many servers as its room has, at most one a client', () => {
    const two = readsPerUpdate(2, crowd, false, random)
    const many = readsPerUpdate(1_000, crowd, false, random)
    expect(two).toBeGreaterThan(0.8)
    expect(two).toBeLessThan(1)
    // Rooms as one of their clients sees them have 2 × 5 - 1 clients on average: eight others.
    expect(many).toBeGreaterThan(7)
    expect(many).toBeLessThan(9)
  })

  it('BENCH-10 reading costs what it costs', () => {
    const cost = { server: 40, serverRead: 20, database: 10, databaseRead: 5 }
    expect(carried(4, 0, cost)).toEqual({ servers: 4, database: 1 })
    expect(carried(4, 2, cost)).toEqual({ servers: 2, database: 2 })
  })
})
