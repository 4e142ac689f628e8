import { expect, test } from 'vitest'
import { teamOf } from './team.ts'

test('a team is named after its owner, as one would write it, in a hundred characters', () => {
  expect(['Ada', 'Maintainers', 'ROSS'].map(teamOf)).toEqual(['Ada’s team', 'Maintainers’ team', 'ROSS’ team'])
  expect(teamOf('a'.repeat(100))).toHaveLength(100)
})
