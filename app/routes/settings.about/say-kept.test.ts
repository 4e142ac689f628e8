import { expect, test } from 'vitest'
import { sayKept } from './say-kept.ts'

test('PICTURE-8 what pictures and texts take and what was freed is said in words', () => {
  const kept = { pictures: 1, bytes: 2_500_000, unused: 0, removed: 0, freed: 0, sweptAt: null }
  expect(sayKept(kept).map(([, words]) => words)).toEqual(['1 file, 2.5 MB', 'none', 'none', 'not yet'])
  expect(sayKept({ ...kept, pictures: 1200, unused: 3, removed: 40, freed: 71_000_000 }).slice(0, 3)).toEqual([
    ['Kept there', '1,200 files, 2.5 MB'],
    ['Shown by nothing', '3 files'],
    ['Removed so far', '40 files, 71 MB freed'],
  ])
  expect(sayKept(null)[0]?.[1]).toMatch(/out of reach/)
})
