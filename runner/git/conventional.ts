import conventional from '@commitlint/config-conventional'
import lint from '@commitlint/lint'
import preset from 'conventional-changelog-conventionalcommits'
import { CommitParser } from 'conventional-commits-parser'
import { readCommitMessage } from '#domain/changes/rules.ts'

/**
 * CHANGE-12: what is wrong with a message as a Conventional Commit, in the checker's words; empty when nothing is. Judged by
 * the public parser and the public rules, with the preset's own parser settings (without them `feat!: x` counts as wrong).
 */
export async function complaintsAbout(message: string): Promise<string[]> {
  const { parser: parserOpts } = await preset()
  const parsed = new CommitParser(parserOpts).parse(message || ' ')
  if (!parsed.type || !readCommitMessage(message)) return ['it does not start with a known type, a colon and a subject']
  const report = await lint(message, conventional.rules as Parameters<typeof lint>[1], { parserOpts })
  return report.errors.map(({ message: words }) => words)
}
