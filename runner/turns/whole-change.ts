import type { WholeChange } from '#domain/sessions/protocol.ts'
import { changeBetween } from '#runner/git/changes.ts'
import type { CommitMade } from '#runner/git/commit.ts'
import type { Repository } from '#runner/git/repository.ts'
import type { TurnContext } from './turn-context.ts'

/** The whole change of an attempt, from the commit it started from, with its patch uploaded. `known`: what its newest commit changed; of the first one that is all. */
export async function wholeChange(
  repo: Repository,
  base: string,
  headCommit: string,
  context: TurnContext,
  known?: CommitMade['since'],
): Promise<WholeChange> {
  const { files, patch: text } = known?.from === base ? known : await changeBetween(repo.git, base, headCommit)
  const patch = await context.upload(Buffer.from(context.redactor.hideKnown(text)))
  const sum = (pick: 'added' | 'removed'): number => files.reduce((total, change) => total + (change[pick] ?? 0), 0)
  return { patch, headCommit, filesChanged: files.length, linesAdded: sum('added'), linesRemoved: sum('removed') }
}
