import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { commitsFor } from '#domain/changes/queries.ts'
import { checksAmong } from '#domain/sessions/checks.ts'
import { processesOf, turnsWithSummary } from '#domain/sessions/queries.ts'
import type { ProcessStatus } from '#domain/sessions/schema.ts'
import { Counts } from './counts.tsx'
import type { AttemptRow, TaskRow } from './use-task.ts'
import { sayCheck, type WhatChanged, whatChanged } from './what-changed.ts'
import { WORDS } from './words.ts'

type Numbered = AttemptRow & { number: number }
type ResultProps = { projectId: string; task: TaskRow; attempts: readonly Numbered[]; showDiff: (attemptId: string) => void }

/** B24: what came of the card in the agent's words, and beside them what the record knows: the files it changed and the checks that were run. */
export function Result({ projectId, task, attempts, showDiff }: ResultProps) {
  const turns = useQuery(task.result === null ? null : turnsWithSummary(projectId, task.result))
  const attempt = useMemo(() => attempts.find(({ id }) => turns?.some(({ attemptId }) => attemptId === id)), [attempts, turns])
  if (!task.result) return null
  return (
    <section aria-label="Result">
      <h2 className="mb-1 text-sm font-semibold">Result</h2>
      <Markdown text={task.result} className="text-muted" />
      {attempt ? (
        <Facts projectId={projectId} attempt={attempt} showDiff={() => showDiff(attempt.id)} />
      ) : (
        turns && <p className="mt-2 text-sm text-muted">{WORDS.resultOfUnknown}</p>
      )}
    </section>
  )
}

type FactsProps = { projectId: string; attempt: Numbered; showDiff: () => void }

function Facts({ projectId, attempt, showDiff }: FactsProps) {
  const commits = useQuery(commitsFor(projectId, attempt.taskId))
  const processes = useQuery(processesOf(projectId, attempt.id))
  const changed = useMemo(() => commits && whatChanged(attempt, commits), [attempt, commits])
  const checks = useMemo(() => processes && checksAmong(processes), [processes])
  if (!changed || !checks) return null
  return (
    <dl className="mt-3 grid grid-cols-[84px_minmax(0,1fr)] gap-y-2 rounded-md border border-line bg-surface px-3 py-2 text-sm">
      <dt className="text-muted">Changed</dt>
      <dd>
        <Files changed={changed} number={attempt.number} showDiff={showDiff} />
      </dd>
      <dt className="text-muted">Checks</dt>
      <dd>
        {checks.length === 0 && <p className="text-muted">{WORDS.noChecks}</p>}
        <ul aria-label="Checks" className="flex flex-col gap-0.5 empty:hidden">
          {checks.map((check) => (
            <li key={check.id} className="flex min-w-0 items-baseline gap-2">
              <Ending status={check.status} />
              <code className="min-w-0 truncate font-mono text-xs" title={check.command}>
                {check.command}
              </code>
              <span className="shrink-0 text-xs text-muted">{sayCheck(check)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  )
}

function Files({ changed, number, showDiff }: { changed: WhatChanged; number: number; showDiff: () => void }) {
  if (changed.kind !== 'files')
    return <p className="text-muted">{changed.kind === 'nothing' ? WORDS.changedNothing : WORDS.changeUnknown}</p>
  const { files, added, removed, named, hasCounts } = changed
  const more = files - named.length
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2">
        {files === 1 ? 'One file' : `${files} files`} <Counts added={added} removed={removed} />
        <span className="text-xs text-faint">attempt {number}</span>
        <Button size="small" look="quiet" onPress={showDiff} className="-my-1 ml-auto">
          Show the diff
        </Button>
      </p>
      <ul aria-label="Files changed" className="empty:hidden">
        {named.map((file) => (
          <li key={file.path} className="flex items-center gap-3 text-xs leading-5">
            <span className="min-w-0 flex-1 truncate font-mono text-muted" title={file.path}>
              {file.path}
            </span>
            {hasCounts && <Counts added={file.added} removed={file.removed} />}
          </li>
        ))}
        {more > 0 && named.length > 0 && <li className="text-xs leading-5 text-faint">and {more} more</li>}
      </ul>
    </>
  )
}

const ENDINGS: Readonly<Record<ProcessStatus, { icon: typeof CircleCheck; look: string }>> = {
  running: { icon: CircleDashed, look: 'text-accent' },
  completed: { icon: CircleCheck, look: 'text-ok' },
  failed: { icon: CircleX, look: 'text-danger' },
  killed: { icon: CircleDashed, look: 'text-faint' },
  interrupted: { icon: CircleDashed, look: 'text-warn' },
}

function Ending({ status }: { status: ProcessStatus }) {
  const { icon: Icon, look } = ENDINGS[status]
  return <Icon aria-hidden className={`size-3.5 shrink-0 self-center ${look}`} />
}
