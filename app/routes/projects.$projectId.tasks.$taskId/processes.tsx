import ArrowRight from 'lucide-react/icons/arrow-right'
import { useQuery } from '#app/replica/react.tsx'
import type { Tone } from '#app/ui/badge.tsx'
import { classes } from '#app/ui/classes.ts'
import { sayDuration } from '#app/ui/say-time.ts'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { Time } from '#app/ui/time.tsx'
import type { RowIn } from '#domain/core/query.ts'
import { type processesOf, processStatesOf } from '#domain/sessions/queries.ts'
import type { Process, ProcessStatus } from '#domain/sessions/schema.ts'

type ProcessRow = RowIn<typeof processesOf>

const REASONS: Readonly<Record<Process['runReason'], string>> = {
  setupScript: 'Setup',
  cleanupScript: 'Cleanup',
  archiveScript: 'Archive',
  codingAgent: 'Agent',
  devServer: 'Dev server',
  check: 'Check',
}
/** One that was stopped reads stopped, never completed. */
const STATES: Readonly<Record<ProcessStatus, { label: string; tone: Tone }>> = {
  running: { label: 'running', tone: 'accent' },
  completed: { label: 'completed', tone: 'ok' },
  failed: { label: 'failed', tone: 'danger' },
  killed: { label: 'stopped', tone: 'neutral' },
  interrupted: { label: 'interrupted', tone: 'warn' },
}

type ProcessesProps = { projectId: string; processes: readonly ProcessRow[]; chosenId: string | null; choose: (id: string) => void }

/** Everything that ran for an attempt: command, exit code, times, commits before and after. */
export function Processes({ projectId, processes, chosenId, choose }: ProcessesProps) {
  return (
    <ul aria-label="Processes" className="max-h-48 shrink-0 overflow-y-auto border-b border-line p-1.5 scroll-thin">
      {processes.map((process) => {
        const state = STATES[process.status]
        return (
          <li key={process.id}>
            <button
              type="button"
              aria-current={process.id === chosenId}
              onClick={() => choose(process.id)}
              className={classes(
                'flex min-h-8 w-full flex-wrap items-center gap-x-3 rounded-md px-2 py-1 text-left text-sm transition-colors hover:bg-hover',
                process.id === chosenId && 'bg-hover',
              )}
            >
              <StatusDot tone={state.tone} isLive={process.status === 'running'} />
              <span className="w-20 shrink-0 font-medium">{REASONS[process.runReason]}</span>
              <code className="min-w-0 flex-1 truncate font-mono text-xs text-muted max-md:order-last max-md:basis-full">
                {commandOf(process)}
              </code>
              <Commits projectId={projectId} processId={process.id} />
              <span className="shrink-0 text-xs text-muted tabular">
                {state.label}
                {process.exitCode !== null && `, exit ${process.exitCode}`}
              </span>
              <span className="w-24 shrink-0 text-right text-xs text-faint tabular">
                {process.completedAt === null ? <Time at={process.startedAt} /> : sayDuration(process.completedAt - process.startedAt)}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Commits({ projectId, processId }: { projectId: string; processId: string }) {
  const state = useQuery(processStatesOf(projectId, processId))?.[0]
  if (!state?.afterHeadCommit || state.afterHeadCommit === state.beforeHeadCommit) return null
  return (
    <span
      className="hidden shrink-0 items-center gap-1 font-mono text-xs text-faint md:flex"
      title={`${state.beforeHeadCommit} → ${state.afterHeadCommit}`}
    >
      {state.beforeHeadCommit.slice(0, 7)}
      <ArrowRight aria-label="to" className="size-3" />
      {state.afterHeadCommit.slice(0, 7)}
    </span>
  )
}

function commandOf({ action }: ProcessRow): string {
  return typeof action.command === 'string' ? action.command : ''
}
