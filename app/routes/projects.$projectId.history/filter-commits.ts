import type { Commit } from '#domain/changes/schema.ts'

type Shown = Pick<Commit, 'id' | 'taskId' | 'sha' | 'type' | 'scope' | 'message' | 'author' | 'timestamp'>

export type CommitFilter = { type: string | null; taskId: string | null; text: string }

export const NO_FILTER: CommitFilter = { type: null, taskId: null, text: '' }

/** The commits that fit, newest first: every word of the text stands in the message, the author or the hash. */
export function filterCommits<C extends Shown>(commits: readonly C[], filter: CommitFilter): C[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return commits
    .filter(({ type, taskId }) => (filter.type === null || type === filter.type) && (filter.taskId === null || taskId === filter.taskId))
    .filter((commit) => {
      const text = `${commit.message}\n${commit.author}\n${commit.sha}`.toLowerCase()
      return words.every((word) => text.includes(word))
    })
    .sort((a, b) => b.timestamp - a.timestamp || (a.id < b.id ? 1 : -1))
}

/** The commits day by day, in the reader's own time zone. */
export function byDay<C extends Pick<Commit, 'timestamp'>>(
  commits: readonly C[],
  dayOf: (timestamp: number) => string,
): { day: string; commits: C[] }[] {
  const days: { day: string; commits: C[] }[] = []
  for (const commit of commits) {
    const day = dayOf(commit.timestamp)
    const last = days.at(-1)
    if (last?.day === day) last.commits.push(commit)
    else days.push({ day, commits: [commit] })
  }
  return days
}
