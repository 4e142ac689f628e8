import type { TurnStatus } from '#domain/sessions/schema.ts'
import type { Commit, ReviewNote } from './schema.ts'

type Note = Pick<ReviewNote, 'path' | 'side' | 'line' | 'quote' | 'body' | 'author' | 'turnId'>

/**
 * How a note stands. `sending`: on its way to the server; `asked`: the agent has it; `addressed`: a commit of that turn changed its file;
 * `passed-over`: the turn ended without.
 */
export type NoteStanding = { kind: 'draft' | 'sending' | 'asked' | 'passed-over' } | { kind: 'addressed'; sha: string }

const ENDED: readonly TurnStatus[] = ['done', 'failed', 'cancelled']

/**
 * REVIEW-2: from the turn a note was sent with and the commits of it. `isGivenUp`: it was to be sent from here and is not any more, for the server
 * refused it; then it is a draft again, and nothing is lost.
 */
export function standingOf(
  note: Pick<Note, 'path' | 'turnId'>,
  turns: ReadonlyMap<string, { status: TurnStatus }>,
  commits: readonly Pick<Commit, 'turnId' | 'sha' | 'changes'>[],
  isGivenUp: boolean,
): NoteStanding {
  if (note.turnId === null) return { kind: 'draft' }
  const turn = turns.get(note.turnId)
  if (!turn) return { kind: isGivenUp ? 'draft' : 'sending' }
  const commit = commits.find(({ turnId, changes }) => turnId === note.turnId && changes.some(({ path }) => path === note.path))
  if (commit) return { kind: 'addressed', sha: commit.sha }
  return { kind: ENDED.includes(turn.status) ? 'passed-over' : 'asked' }
}

/** Notes as they are read: by file, from top to bottom. */
export const inReadingOrder = <N extends Pick<Note, 'path' | 'line'> & { createdAt: number }>(notes: readonly N[]): N[] =>
  [...notes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.createdAt - b.createdAt))

/** REVIEW-1: what the agent is told, in Markdown: every note with its place, the line it is about, who wrote it. */
export function composeReview(notes: readonly Note[], nameOf: (memberId: string) => string): string {
  const count = notes.length === 1 ? 'one note' : `${notes.length} notes`
  const said = notes.map((note, at) => {
    const place = `\`${note.path}\`, line ${note.line}${note.side === 'old' ? ' (taken out)' : ''}, by ${nameOf(note.author)}`
    return [`${at + 1}. ${place}:`, `       ${note.quote.trim()}`, ...note.body.split('\n').map((line) => (line ? `   ${line}` : ''))]
  })
  return [
    `Your change was reviewed, with ${count}. Go through each of them.`,
    ...said.map(([head, quote, ...body]) => [head, '', quote, '', ...body].join('\n')),
  ].join('\n\n')
}
