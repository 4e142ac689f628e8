import { readCommitMessage } from '#domain/changes/rules.ts'

/**
 * CHANGE-12: what is wrong with a message as a Conventional Commit, in the checker's words; empty when nothing is. Judged by
 * the public parser and the public rules, with the preset's own parser settings (without them `feat!: x` counts as wrong).
 */
export async function complaintsAbout(message: string): Promise<string[]> {
  // Loaded when a model has worded its first commit: a runner should not take its time over them at each start.
  const [{ default: lint }, { default: conventional }, { default: preset }, { CommitParser }] = await Promise.all([
    import('@commitlint/lint'),
    import('@commitlint/config-conventional'),
    import('conventional-changelog-conventionalcommits'),
    import('conventional-commits-parser'),
  ])
  const { parser: parserOpts } = await preset()
  const parsed = new CommitParser(parserOpts).parse(message || ' ')
  if (!parsed.type || !readCommitMessage(message)) return ['it does not start with a known type, a colon and a subject']
  const report = await lint(message, conventional.rules as Parameters<typeof lint>[1], { parserOpts })
  return report.errors.map(({ message: words }) => words)
}
