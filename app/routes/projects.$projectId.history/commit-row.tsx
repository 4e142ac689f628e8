import { Link } from '@remix-run/react'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { Badge } from '#app/ui/badge.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { COMMIT_TONES, readMessage } from '#app/work/commit-message.ts'
import { comingFrom } from '#app/work/way-back.ts'
import type { Commit } from '#domain/changes/schema.ts'

export type ShownCommit = Pick<
  Commit,
  | 'id'
  | 'taskId'
  | 'sha'
  | 'type'
  | 'scope'
  | 'breaking'
  | 'message'
  | 'changes'
  | 'createdByAiModel'
  | 'author'
  | 'coAuthors'
  | 'timestamp'
>

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

type Props = { commit: ShownCommit; projectId: string; task: { shortId: string; title: string } | undefined }

/** One commit as a line that opens: its body, its files, who made it. */
export function CommitRow({ commit, projectId, task }: Props) {
  const { subject, body } = readMessage(commit.message)
  const added = commit.changes.reduce((sum, change) => sum + (change.added ?? 0), 0)
  const removed = commit.changes.reduce((sum, change) => sum + (change.removed ?? 0), 0)
  return (
    <li className="relative border-b border-line last:border-b-0">
      <details className="group">
        <summary className="grid cursor-pointer list-none grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1 px-3 py-2 transition-colors hover:bg-hover focus-visible:ring-inset-focus md:grid-cols-[16px_72px_minmax(0,1fr)_auto_auto_auto] md:gap-x-3">
          <ChevronRight aria-hidden className="size-4 text-faint transition-transform group-open:rotate-90" />
          <span className="max-md:col-start-2 max-md:row-start-2 max-md:justify-self-start">
            <Badge tone={COMMIT_TONES[commit.type] ?? 'neutral'}>{commit.type}</Badge>
          </span>
          <span className="min-w-0 truncate max-md:col-span-2 max-md:col-start-2 max-md:row-start-1">
            {commit.scope && <span className="text-muted">{commit.scope}: </span>}
            <span className="font-medium">{subject}</span>
            {commit.breaking && <span className="ml-2 text-xs font-medium text-danger">breaking</span>}
          </span>
          <span className="text-xs text-muted tabular max-md:hidden">
            <span className="text-ok">+{added}</span> <span className="text-danger">−{removed}</span>
          </span>
          <code className="font-mono text-xs text-muted max-md:col-start-3 max-md:row-start-2">{commit.sha.slice(0, 7)}</code>
          <span className="w-10 text-right text-xs text-faint tabular max-md:hidden">{clock.format(commit.timestamp)}</span>
        </summary>
        <div className="flex flex-col gap-2 px-3 pt-1 pb-3 text-sm md:pl-10">
          {body && <pre className="overflow-x-auto font-sans whitespace-pre-wrap">{body}</pre>}
          <p className="text-muted">
            {commit.author}
            {commit.createdByAiModel && <> with {commit.createdByAiModel}</>}
            {commit.coAuthors.length > 0 && <>, together with {commit.coAuthors.join(', ')}</>}
            {task && (
              <>
                {' for '}
                <Link
                  to={`/projects/${projectId}/tasks/${commit.taskId}`}
                  state={comingFrom(`/projects/${projectId}/history`, 'the history')}
                  className="text-accent underline underline-offset-2"
                >
                  {task.shortId} {task.title}
                </Link>
              </>
            )}
          </p>
          <p className="flex items-center gap-1 text-muted">
            <code className="font-mono text-xs break-all">{commit.sha}</code>
            <CopyButton label="Copy the commit hash" text={commit.sha} />
          </p>
          {commit.changes.length > 0 && (
            <ul aria-label="Files" className="font-mono text-xs">
              {commit.changes.map(({ path, added: more, removed: less }) => (
                <li key={path} className="flex gap-3">
                  <span className="min-w-0 flex-1 break-all">{path}</span>
                  <span className="shrink-0 tabular">
                    {more === null ? (
                      'binary'
                    ) : (
                      <>
                        <span className="text-ok">+{more}</span> <span className="text-danger">−{less}</span>
                      </>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </details>
    </li>
  )
}
