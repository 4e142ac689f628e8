import { describe, expect, it } from 'vitest'
import { failuresOfPlaywright, failuresOfVitest, inShort } from './failures.mjs'

describe('what is said of failed tests at the end', () => {
  it('names each failed test of vitest with the first lines of its error, and a file that could not be loaded', () => {
    const report = {
      testResults: [
        {
          name: '/a/board.test.ts',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'stays', failureMessages: [] },
            {
              status: 'failed',
              fullName: 'moves',
              failureMessages: [`\u001b[31mexpected 1\u001b[39m\n\n    at run (/a/node_modules/x.js:1:1)\n${'at x\n'.repeat(40)}`],
            },
          ],
        },
        { name: '/a/broken.test.ts', message: 'Cannot find module', assertionResults: [] },
      ],
    }
    const text = inShort(failuresOfVitest(report))
    expect(text).toBe(
      `✗ /a/board.test.ts › moves\n    expected 1\n${'    at x\n'.repeat(11)}    …\n\n✗ /a/broken.test.ts\n    Cannot find module`,
    )
  })

  it('finds failed and flaky tests of Playwright in suites within suites, and an error of the whole run', () => {
    const spec = (title: string, status: string, words?: string) => ({
      title,
      tests: [{ status, results: [{ error: words === undefined ? undefined : { message: words } }, {}] }],
    })
    const report = {
      errors: [{ message: 'no browser' }],
      suites: [
        {
          title: 'main.story.ts',
          specs: [spec('works', 'expected')],
          suites: [
            { title: 'alone', specs: [spec('fails', 'unexpected', '\u001b[2mtoo late\u001b[22m'), spec('wavers', 'flaky', 'once')] },
          ],
        },
      ],
    }
    expect(failuresOfPlaywright(report)).toEqual([
      { name: 'the run itself', words: 'no browser' },
      { name: 'main.story.ts › alone › fails', words: '\u001b[2mtoo late\u001b[22m' },
      { name: 'main.story.ts › alone › wavers', words: 'once' },
    ])
    expect(inShort(failuresOfPlaywright(report))).toContain('    too late')
    expect(inShort(failuresOfVitest(undefined))).toBe('')
  })
})
