import type { WholeChange } from '#domain/sessions/protocol.ts'
import { changeBetween, patchInFull } from '#runner/git/changes.ts'
import type { CommitMade } from '#runner/git/commit.ts'
import type { Repository } from '#runner/git/repository.ts'
import type { TurnContext } from './turn-context.ts'

/** The whole change of an attempt, from the commit it started from, with its patch uploaded, and the same with all lines of its files. `known`: what its newest commit changed; of the first one that is all. */
export async function wholeChange(
  repo: Repository,
  base: string,
  headCommit: string,
  context: TurnContext,
  known?: CommitMade['since'],
): Promise<WholeChange> {
  const { files, patch: text } = known?.from === base ? known : await changeBetween(repo.git, base, headCommit)
  const upload = (said: string) => context.upload(Buffer.from(context.redactor.hideKnown(said)))
  const inFull = patchInFull(repo.git, base, headCommit, files.length).then((said) => (said === '' ? null : upload(said)))
  const [patch, full] = await Promise.all([upload(text), inFull])
  const sum = (pick: 'added' | 'removed'): number => files.reduce((total, change) => total + (change[pick] ?? 0), 0)
  return { patch, patchInFull: full, headCommit, filesChanged: files.length, linesAdded: sum('added'), linesRemoved: sum('removed') }
}
