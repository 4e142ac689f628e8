import { test } from 'vitest'
import { assertSchedules } from './schedules.ts'

test('S01 S27 500 random schedules of three and four devices converge, and tables kept by small steps equal tables built from scratch', () =>
  assertSchedules(500, { min: 3, max: 4 }))
