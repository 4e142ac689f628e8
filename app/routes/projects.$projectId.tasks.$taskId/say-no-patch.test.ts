import { expect, test } from 'vitest'
import { sayNoPatch, whyNoPatch } from './say-no-patch.ts'

test('DIFF-3 V1 a change that cannot be had says what happened and what to do; one that is gone, where the work still is', () => {
  const say = (status: number, baseCommit: string | null = 'a'.repeat(40)) =>
    sayNoPatch(whyNoPatch(status), { baseCommit, headCommit: 'b'.repeat(40) })
  for (const status of [404, 410])
    expect(say(status)).toEqual({
      sentence: expect.stringMatching(/no longer on the server.*stored again.*in the repository/),
      command: 'git diff aaaaaaaaaa bbbbbbbbbb',
    })
  expect(say(404, null)).toEqual({ sentence: expect.stringMatching(/stored again/), command: null })
  expect(say(401)).toEqual({ sentence: expect.stringMatching(/Sign in/), command: null })
  expect(say(500)).toEqual({ sentence: expect.stringMatching(/Try again/), command: null })
  expect(sayNoPatch('away', { baseCommit: null, headCommit: null }).sentence).toMatch(/cannot be reached/)
})
