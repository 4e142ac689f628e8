// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import { useVirtualizer } from '@tanstack/react-virtual'
import ArrowDownToLine from 'lucide-react/icons/arrow-down-to-line'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { classes } from '#app/ui/classes.ts'
import { processesOf } from '#domain/sessions/queries.ts'
import { Processes } from './processes.tsx'
import { useLog } from './use-log.ts'
import type { AttemptRow } from './use-task.ts'
import { WORDS } from './words.ts'

const LINE = 18

/** What ran for an attempt, and the output of one process, live. */
export function Log({ projectId, attempt }: { projectId: string; attempt: AttemptRow }) {
  const rows = useQuery(processesOf(projectId, attempt.id))
  const processes = useMemo(() => rows && [...rows].sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1)), [rows])
  const [wanted, setWanted] = useState<string | null>(null)
  const chosen =
    processes?.find(({ id }) => id === wanted) ??
    processes?.findLast(({ status }) => status === 'running') ??
    processes?.findLast(({ runReason }) => runReason === 'codingAgent') ??
    processes?.at(-1)
  if (processes?.length === 0) return <p className="py-12 text-center text-sm text-muted">{WORDS.noLog}</p>
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Processes projectId={projectId} processes={processes ?? []} chosenId={chosen?.id ?? null} choose={setWanted} />
      <Output key={chosen?.id} processId={chosen?.id ?? null} isRunning={chosen?.status === 'running'} />
    </div>
  )
}

function Output({ processId, isRunning }: { processId: string | null; isRunning: boolean }) {
  const { log, state } = useLog(processId, isRunning)
  const place = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const count = log.lines.length
  const rows = useVirtualizer({ count, getScrollElement: () => place.current, estimateSize: () => LINE, overscan: 20 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines keep the end in sight
  useEffect(() => {
    if (isFollowing && place.current) place.current.scrollTop = place.current.scrollHeight
  }, [count, isFollowing, log])
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {state === 'away' && (
        <Banner kind="offline" className="m-2">
          {WORDS.logOffline}
        </Banner>
      )}
      <div
        ref={place}
        tabIndex={0}
        role="log"
        aria-label="Output"
        aria-live="off"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setFollowing(scrollHeight - scrollTop - clientHeight < LINE * 2)
        }
        className="min-h-0 flex-1 overflow-auto bg-sunken font-mono text-xs scroll-thin focus-visible:ring-inset-focus"
      >
        {log.dropped > 0 && <p className="px-4 pt-2 text-faint">{log.dropped.toLocaleString('en')} older lines are not shown.</p>}
        <div className="relative my-2 min-w-max" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const line = log.lines[row.index]
            return (
              <div
                key={row.key}
                className={classes(
                  'absolute top-0 left-0 flex whitespace-pre',
                  line?.stream === 'stderr' ? 'text-danger' : line?.stream === 'agent' ? 'text-ink' : 'text-muted',
                )}
                style={{ height: LINE, lineHeight: `${LINE}px`, transform: `translateY(${row.start}px)` }}
              >
                <span aria-hidden className="w-14 shrink-0 pr-3 text-right text-faint tabular select-none">
                  {row.index + 1 + log.dropped}
                </span>
                <span className="pr-4">{line?.text}</span>
              </div>
            )
          })}
        </div>
        {count === 0 && state !== 'away' && (
          <p className="px-4 text-faint">
            {state === 'done' ? 'It printed nothing.' : state === 'live' ? 'Nothing printed yet.' : 'Reading…'}
          </p>
        )}
      </div>
      {!isFollowing && (
        <Button
          size="small"
          icon={<ArrowDownToLine aria-hidden className="size-3.5" />}
          onPress={() => setFollowing(true)}
          className="absolute right-4 bottom-4 shadow-float"
        >
          Follow the end
        </Button>
      )}
    </div>
  )
}
