import type { Attempt } from '#domain/attempts/schema.ts'
import type { Commit } from '#domain/changes/schema.ts'
import type { ProcessStatus } from '#domain/sessions/schema.ts'

/** So many files are named before "and 3 more". */
const MOST_NAMED = 5

type Changed = Pick<Attempt, 'id' | 'status' | 'patch' | 'headCommit' | 'filesChanged' | 'linesAdded' | 'linesRemoved'>
type Counted = { path: string; added: number | null; removed: number | null }
export type WhatChanged =
  | { kind: 'unknown' | 'nothing' }
  | { kind: 'files'; files: number; added: number; removed: number; named: Counted[]; hasCounts: boolean }

/**
 * RESULT-1: what an attempt changed, as far as the record knows: nothing only where it says so. Files are named by its commits; how
 * many lines of one is known where one commit tells it all.
 */
export function whatChanged(attempt: Changed, commits: readonly Pick<Commit, 'attemptId' | 'changes' | 'timestamp'>[]): WhatChanged {
  const own = commits.filter(({ attemptId }) => attemptId === attempt.id).sort((a, b) => a.timestamp - b.timestamp)
  if (attempt.patch === null)
    return { kind: attempt.status === 'succeeded' && attempt.headCommit === null && own.length === 0 ? 'nothing' : 'unknown' }
  const named = new Map<string, Counted>()
  for (const { path, added, removed } of own.flatMap(({ changes }) => changes)) named.set(path, { path, added, removed })
  return {
    kind: 'files',
    files: attempt.filesChanged,
    added: attempt.linesAdded,
    removed: attempt.linesRemoved,
    named: [...named.values()].slice(0, MOST_NAMED),
    hasCounts: own.length === 1,
  }
}

/** RESULT-2: how a check ended, in words; that somebody or something stopped it is no failure, and no success. */
export function sayCheck({ status, exitCode }: { status: ProcessStatus; exitCode: number | null }): string {
  switch (status) {
    case 'running':
      return 'still running'
    case 'completed':
      return 'passed'
    case 'failed':
      return exitCode === null ? 'failed' : `failed, exit ${exitCode}`
    case 'killed':
      return 'was stopped'
    case 'interrupted':
      return 'was interrupted: how it would have ended is not known'
  }
}
