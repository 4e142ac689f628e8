import { expect, test } from 'vitest'
import { sayCheck, whatChanged } from './what-changed.ts'

const attempt = { id: 'a', status: 'succeeded', patch: 'p', headCommit: 'h', filesChanged: 2, linesAdded: 9, linesRemoved: 1 } as const
const commit = (timestamp: number, paths: string[], attemptId = 'a') => ({
  attemptId,
  timestamp,
  changes: paths.map((path) => ({ path, added: 3, removed: 0 })),
})

test('RESULT-1 B24 the files of an attempt are counted as its change is, and named by its commits', () => {
  const one = whatChanged(attempt, [commit(1, ['a.ts', 'b.png']), commit(2, ['of-another.ts'], 'b')])
  const counted = ['a.ts', 'b.png'].map((path) => ({ path, added: 3, removed: 0 }))
  expect(one).toEqual({ kind: 'files', files: 2, added: 9, removed: 1, named: counted, hasCounts: true })
  const two = whatChanged(attempt, [commit(2, ['b.ts', 'a.ts']), commit(1, ['a.ts'])])
  expect(two).toMatchObject({ files: 2, named: [{ path: 'a.ts' }, { path: 'b.ts' }], hasCounts: false })
  expect(whatChanged({ ...attempt, filesChanged: 9 }, [commit(1, [...'abcdefghi'])])).toMatchObject({ files: 9, named: { length: 5 } })
})

test('RESULT-1 B24 what is not known is not called nothing', () => {
  const none = { ...attempt, patch: null, headCommit: null, filesChanged: 0, linesAdded: 0, linesRemoved: 0 }
  expect(whatChanged(none, [])).toEqual({ kind: 'nothing' })
  expect(whatChanged(none, [commit(1, ['a.ts'])])).toEqual({ kind: 'unknown' })
  expect(whatChanged({ ...none, headCommit: 'h' }, [])).toEqual({ kind: 'unknown' })
  expect(whatChanged({ ...none, status: 'failed' }, [])).toEqual({ kind: 'unknown' })
})

test('RESULT-2 B24 each check says how it ended', () => {
  expect(sayCheck({ status: 'completed', exitCode: 0 })).toBe('passed')
  expect(sayCheck({ status: 'failed', exitCode: 2 })).toBe('failed, exit 2')
  expect(sayCheck({ status: 'failed', exitCode: null })).toBe('failed')
  expect(sayCheck({ status: 'killed', exitCode: null })).toBe('was stopped')
  expect(sayCheck({ status: 'running', exitCode: null })).toBe('still running')
  expect(sayCheck({ status: 'interrupted', exitCode: null })).toContain('not known')
})
