import { expect, it } from 'vitest'
import { sayBytes } from './say-bytes.ts'

it('says bytes as people do', () => {
  expect([0, 999, 1000, 12_345, 987_654_321, 5e12].map(sayBytes)).toEqual(['0 bytes', '999 bytes', '1.0 kB', '12 kB', '988 MB', '5.0 TB'])
})
