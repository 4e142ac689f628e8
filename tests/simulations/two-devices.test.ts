import { test } from 'vitest'
import { assertSchedules } from './schedules.ts'

test('S01 S27 500 random schedules of two devices converge, and tables kept by small steps equal tables built from scratch', () =>
  assertSchedules(500, { min: 2, max: 2 }))
