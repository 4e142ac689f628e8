import Copy from 'lucide-react/icons/copy'
import GitCommitHorizontal from 'lucide-react/icons/git-commit-horizontal'
import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { COMMIT_TONES, readMessage } from '#app/work/commit-message.ts'
import { commitsFor } from '#domain/changes/queries.ts'
import { LoadingRows } from '../settings/rows.tsx'
import { Counts } from './counts.tsx'
import { WORDS } from './words.ts'

/** The commits made for the card, the newest first; those of the attempt in sight come with its number. */
export function Commits({
  projectId,
  taskId,
  numberOf,
}: {
  projectId: string
  taskId: string
  numberOf: (attemptId: string) => number | undefined
}) {
  const rows = useQuery(commitsFor(projectId, taskId))
  const commits = useMemo(() => [...(rows ?? [])].sort((a, b) => b.timestamp - a.timestamp || (a.id < b.id ? 1 : -1)), [rows])
  if (!rows) {
    return (
      <div className="mx-auto max-w-3xl p-4">
        <LoadingRows label="Loading the commits" />
      </div>
    )
  }
  if (commits.length === 0) {
    return (
      <EmptyState icon={<GitCommitHorizontal className="size-8" />} title={WORDS.noCommits}>
        Every commit here follows Conventional Commits.
      </EmptyState>
    )
  }
  return (
    <ol aria-label="Commits" className="mx-auto flex max-w-3xl flex-col gap-3 p-4">
      {commits.map((commit) => {
        const { subject, body } = readMessage(commit.message)
        return (
          <li key={commit.id} className="rounded-md border border-line bg-surface p-3">
            <div className="flex items-start gap-2">
              <Badge tone={COMMIT_TONES[commit.type] ?? 'neutral'} className="mt-px shrink-0">
                {commit.type}
                {commit.breaking ? '!' : ''}
              </Badge>
              <p className="min-w-0 flex-1 text-sm font-medium break-words">
                {commit.scope && <span className="font-normal text-muted">{commit.scope}: </span>}
                {subject}
              </p>
              <IconButton
                label={`Copy ${commit.sha.slice(0, 7)}`}
                onPress={() => void navigator.clipboard.writeText(commit.sha).then(() => sayDone('The commit’s hash is copied.'))}
              >
                <Copy aria-hidden className="size-3.5" />
              </IconButton>
            </div>
            {body && <p className="mt-1 text-sm whitespace-pre-wrap text-muted">{body}</p>}
            <p className="mt-2 flex flex-wrap items-center gap-x-3 text-xs text-faint">
              <code className="font-mono">{commit.sha.slice(0, 10)}</code>
              <span>
                {commit.author}
                {commit.coAuthors.length > 0 && ` with ${commit.coAuthors.join(', ')}`}
              </span>
              {numberOf(commit.attemptId) !== undefined && <span>attempt {numberOf(commit.attemptId)}</span>}
              <Time at={commit.timestamp} />
            </p>
            <ul className="mt-2 border-t border-line pt-2">
              {commit.changes.map((change) => (
                <li key={change.path} className="flex items-center gap-3 text-xs leading-5">
                  <span className="min-w-0 flex-1 truncate font-mono text-muted" title={change.path}>
                    {change.path}
                  </span>
                  <Counts added={change.added} removed={change.removed} />
                </li>
              ))}
            </ul>
          </li>
        )
      })}
    </ol>
  )
}
