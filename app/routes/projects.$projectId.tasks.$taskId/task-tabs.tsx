import { useMemo } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { classes } from '#app/ui/classes.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { later } from '#app/ui/later.tsx'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { type TabPage, Tabs } from '#app/ui/tabs.tsx'
import { ATTEMPT_LOOKS } from '#app/work/attempt-words.ts'
import { commitsFor } from '#domain/changes/queries.ts'
import { AttemptBar } from './attempt-bar.tsx'
import { AttemptsList } from './attempts-list.tsx'
import { Chat } from './chat.tsx'
import { ChatAhead } from './chat-ahead.tsx'
import { Commits } from './commits.tsx'
import { Description } from './description.tsx'
import { Log } from './log.tsx'
import { RelatedCards } from './relatives.tsx'
import { SidePanel } from './side-panel.tsx'
import { Timeline } from './timeline.tsx'
import type { AttemptRow, TaskRow } from './use-task.ts'
import { sayNoAttempts } from './words.ts'

const Diff = later(() => import('./diff.tsx').then((diff) => diff.Diff))

type Numbered = AttemptRow & { number: number }
type TaskTabsProps = {
  projectId: string
  task: TaskRow
  attempts: readonly Numbered[]
  attempt: Numbered | null
  outbox: readonly OutboxItem[]
  isReadOnly: boolean
  tab: string
  go: (change: { tab?: string; attempt?: string }) => void
  pickBlocker: () => void
  pickPrompt: () => void
}

/** The sides of a card; on a wide screen its fields stand beside them. */
export function TaskTabs({ projectId, task, attempts, attempt, outbox, isReadOnly, tab, go, pickBlocker, pickPrompt }: TaskTabsProps) {
  const commits = useQuery(commitsFor(projectId, task.id))
  const waiting = useMemo(
    () =>
      new Set(
        outbox
          .filter(({ state, input }) => state !== 'refused' && (input as { attemptId?: string }).attemptId === attempt?.id)
          .map(({ procedure }) => procedure),
      ),
    [outbox, attempt?.id],
  )
  const choose = (id: string) => go({ attempt: id, ...(tab === 'description' ? { tab: 'chat' } : {}) })
  const fields = (
    <div className="flex flex-col gap-6">
      <SidePanel projectId={projectId} task={task} isReadOnly={isReadOnly} pickPrompt={pickPrompt} />
      <RelatedCards projectId={projectId} task={task} isReadOnly={isReadOnly} pickBlocker={pickBlocker} />
      <AttemptsList projectId={projectId} attempts={attempts} chosenId={attempt?.id ?? null} choose={choose} isReadOnly={isReadOnly} />
    </div>
  )
  /** What can be done about the attempt stands over every side of the card. */
  const underBar = (content: React.ReactNode) =>
    attempt ? (
      <div className="flex h-full min-h-0 flex-col">
        <AttemptBar
          projectId={projectId}
          task={task}
          attempt={attempt}
          attempts={attempts}
          choose={(id) => go({ attempt: id })}
          waiting={waiting}
          isReadOnly={isReadOnly}
        />
        <div className="min-h-0 flex-1">{content}</div>
      </div>
    ) : (
      content
    )
  const ofAttempt = (content: (attempt: Numbered) => React.ReactNode) =>
    attempt ? content(attempt) : <EmptyState title="No attempts yet">{sayNoAttempts(isReadOnly)}</EmptyState>
  const look = attempt && ATTEMPT_LOOKS[attempt.status]
  const pages: TabPage[] = [
    {
      id: 'description',
      label: 'Description',
      content: (
        <div className="h-full overflow-y-auto scroll-thin">
          <div className="mx-auto max-w-3xl px-4 py-4">
            <Description
              projectId={projectId}
              task={task}
              attempts={attempts}
              attemptId={attempt?.id ?? null}
              outbox={outbox}
              isReadOnly={isReadOnly}
              showDiff={(id) => go({ attempt: id, tab: 'diff' })}
            />
            <div className="mt-6 border-t border-line pt-4 lg:hidden">{fields}</div>
          </div>
        </div>
      ),
    },
    {
      id: 'chat',
      label: 'Chat',
      ...(look?.isLive ? { icon: <StatusDot tone={look.tone} isLive className="size-1.5" /> } : {}),
      content: attempt ? (
        <Chat key={attempt.id} projectId={projectId} attempt={attempt} outbox={outbox} isReadOnly={isReadOnly} />
      ) : (
        <ChatAhead projectId={projectId} taskId={task.id} isReadOnly={isReadOnly} />
      ),
    },
    {
      id: 'diff',
      label: 'Diff',
      count: attempt?.filesChanged ?? 0,
      content: ofAttempt((shown) => <Diff key={shown.id} projectId={projectId} attempt={shown} outbox={outbox} isReadOnly={isReadOnly} />),
    },
    { id: 'log', label: 'Log', content: ofAttempt((shown) => <Log key={shown.id} projectId={projectId} attempt={shown} />) },
    {
      id: 'commits',
      label: 'Commits',
      count: commits?.length ?? 0,
      content: (
        <div className="h-full overflow-y-auto scroll-thin">
          <Commits projectId={projectId} taskId={task.id} numberOf={(id) => attempts.find((each) => each.id === id)?.number} />
        </div>
      ),
    },
    {
      id: 'timeline',
      label: 'Timeline',
      // What somebody set in vain is worth a look.
      count: task.lost.length,
      content: (
        <div className="h-full overflow-y-auto scroll-thin">
          <Timeline projectId={projectId} taskId={task.id} history={task.history} lost={task.lost} isReadOnly={isReadOnly} />
        </div>
      ),
    },
  ]
  return (
    <div className="flex min-h-0 flex-1">
      <Tabs
        label="Sides of the card"
        pages={pages.map((page) => ({ ...page, content: underBar(page.content) }))}
        value={pages.some(({ id }) => id === tab) ? tab : 'description'}
        onChange={(id) => go({ tab: id })}
        className="flex-1 [&_[role=tablist]]:px-3"
      />
      {/* A change is read in full width; the attempts can be chosen above it. */}
      <aside
        aria-label="About the card"
        className={classes('hidden w-72 shrink-0 overflow-y-auto border-l border-line px-4 py-3 scroll-thin', tab !== 'diff' && 'lg:block')}
      >
        {fields}
      </aside>
    </div>
  )
}
