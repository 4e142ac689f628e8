import { expect, test } from 'vitest'
import { sayWhatGoes } from './say-what-goes.ts'

const nothing = { interviews: 0, prompts: 0, tasks: 0, archivedTasks: 0, attempts: 0, underWay: 0, commits: 0, branches: [] }

test('PROJECT-6 what goes with a project is said in numbers, one as one, and what is under way as what is stopped', () => {
  expect(sayWhatGoes({ ...nothing, interviews: 1, prompts: 2, tasks: 12, archivedTasks: 3, attempts: 4, underWay: 1, commits: 1 })).toEqual(
    [
      '1 interview',
      '2 prompts with all versions',
      '12 cards, 3 of them archived',
      '4 attempts, 1 under way: it is stopped',
      'the record of 1 commit',
    ],
  )
  expect(sayWhatGoes({ ...nothing, attempts: 2, underWay: 2 })[3]).toBe('2 attempts, 2 under way: they are stopped')
  expect(sayWhatGoes(nothing).slice(1, 3)).toEqual(['0 prompts', '0 cards'])
})
