import { Link, useLocation, useNavigate, useParams, useSearchParams } from '@remix-run/react'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import FileText from 'lucide-react/icons/file-text'
import Hourglass from 'lucide-react/icons/hourglass'
import Play from 'lucide-react/icons/play'
import Trash2 from 'lucide-react/icons/trash-2'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useMarkSeen } from '#app/needs/use-mark-seen.ts'
import { FOLLOW } from '#app/people/follow/followed.ts'
import { useBeAt, usePresence, useRoom, useUnsaved } from '#app/replica/react.tsx'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { NotHere } from '#app/shell/not-here.tsx'
import { usePageTitle } from '#app/shell/use-page-title.ts'
import { AvatarStack } from '#app/ui/avatar.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { useWayBack, type WayBack } from '#app/work/way-back.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { ArchivedLine } from './archived-line.tsx'
import { BlockerPicker } from './blocker-picker.tsx'
import { CardDeeds } from './card-deeds.tsx'
import { Refused, Waits } from './outbox-notes.tsx'
import { PromptPicker } from './prompt-picker.tsx'
import { StartDialog } from './start-dialog.tsx'
import { StartsLater } from './starts-later.tsx'
import { TaskTabs } from './task-tabs.tsx'
import { Title } from './title.tsx'
import { type TaskRow, useAttempts, useTask, useTaskOutbox } from './use-task.ts'

export const meta = () => [{ title: 'Card · Slipway' }]

/** A card: what is to be done, who works on it, what came of it. */
export default function TaskPage() {
  const { projectId = '', taskId = '' } = useParams()
  const room = useRoom(projectRoom(projectId))
  const task = useTask(projectId, taskId)
  if (task === undefined || (task === null && !room.ready)) return <TaskSkeleton />
  if (task === null) return <Gone projectId={projectId} />
  return <Card key={taskId} projectId={projectId} task={task} isReadOnly={!room.canWrite} isRefused={room.status === 'refused'} />
}

type CardProps = { projectId: string; task: TaskRow; isReadOnly: boolean; isRefused: boolean }

function Card({ projectId, task, isReadOnly, isRefused }: CardProps) {
  useRoom(recordRoom(projectId))
  useBeAt(projectRoom(projectId), task.id)
  useMarkSeen(projectId, task.id)
  usePageTitle(`${task.shortId} ${task.title}`.trim())
  const attempts = useAttempts(projectId, task.id)
  const outbox = useTaskOutbox(
    task.id,
    useMemo(() => (attempts ?? []).map(({ id }) => id), [attempts]),
  )
  const [isStarting, setStarting] = useState(false)
  const [picking, setPicking] = useState<'blocker' | 'prompt' | null>(null)
  const [search, setSearch] = useSearchParams()
  const back = useWayBack(projectId)
  const { state } = useLocation()
  const go = useCallback(
    (change: { tab?: string; attempt?: string }) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(change)) next.set(name, value)
          return next
        },
        { replace: true, preventScrollReset: true, state },
      ),
    [setSearch, state],
  )
  const tab = search.get('tab') ?? 'description'
  const attempt = attempts?.find(({ id }) => id === search.get('attempt')) ?? attempts?.[0]
  const title = useRef<HTMLTextAreaElement>(null)
  const rename = useCallback(() => title.current?.select(), [])
  const pickBlocker = useCallback(() => setPicking('blocker'), [])
  const pickPrompt = useCallback(() => setPicking('prompt'), [])
  const doings = useMemo(
    () => (isReadOnly ? null : { start: () => setStarting(true), pickBlocker, pickPrompt }),
    [isReadOnly, pickBlocker, pickPrompt],
  )
  useTaskActions(back, go, doings)

  return (
    <div className="flex h-full min-h-0 flex-col">
      <Top projectId={projectId} task={task} back={back}>
        <Waits items={outbox} />
        {!isReadOnly && (
          <Button
            look={attempts?.length ? 'plain' : 'primary'}
            size="small"
            icon={<Play aria-hidden className="size-3.5" />}
            onPress={() => setStarting(true)}
          >
            {attempts?.length ? 'New attempt' : 'Start'}
          </Button>
        )}
        <CardDeeds {...{ projectId, task, isReadOnly, back, rename }} />
      </Top>
      <div className="shrink-0 px-4 pt-3">
        {isRefused && (
          <Banner kind="error" className="mb-2">
            The server refused this project. What is shown is what this device last had.
          </Banner>
        )}
        {task.archived && <ArchivedLine projectId={projectId} taskId={task.id} isReadOnly={isReadOnly} />}
        <Refused items={outbox} />
        <StartsLater projectId={projectId} taskId={task.id} outbox={outbox} isReadOnly={isReadOnly} />
        <Title projectId={projectId} taskId={task.id} title={task.title} isReadOnly={isReadOnly} field={title} />
      </div>
      <TaskTabs
        projectId={projectId}
        task={task}
        attempts={attempts ?? []}
        attempt={attempt ?? null}
        outbox={outbox}
        isReadOnly={isReadOnly}
        tab={tab}
        go={go}
        pickBlocker={pickBlocker}
        pickPrompt={pickPrompt}
      />
      {picking === 'blocker' && <BlockerPicker projectId={projectId} task={task} onClose={() => setPicking(null)} />}
      {picking === 'prompt' && <PromptPicker projectId={projectId} task={task} onClose={() => setPicking(null)} />}
      {isStarting && (
        <StartDialog
          projectId={projectId}
          taskId={task.id}
          onClose={() => setStarting(false)}
          onStarted={(id) => go({ attempt: id, tab: 'chat' })}
        />
      )}
    </div>
  )
}

function Top({ projectId, task, back, children }: { projectId: string; task: TaskRow; back: WayBack; children: React.ReactNode }) {
  const present = usePresence(projectRoom(projectId))
  const isUnsaved = useUnsaved().has(task.id)
  const faces = [
    ...new Map(present.filter(({ at }) => at === task.id).map(({ memberId, name }) => [memberId, { id: memberId, name }])).values(),
  ]
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4">
      <Link to={back.to} aria-label={`Back to ${back.name}`} className={`${buttonClasses('quiet', 'small', true)} -ml-1.5`}>
        <ArrowLeft aria-hidden className="size-4" />
      </Link>
      <span className="text-sm text-muted tabular">{task.shortId}</span>
      {isUnsaved && <span className="truncate text-xs text-warn">not yet on the server</span>}
      <div className="ml-auto flex shrink-0 items-center gap-3">
        <AvatarStack faces={faces} label="On this card now" isLive press={FOLLOW} />
        {children}
      </div>
    </header>
  )
}

const TABS = ['description', 'chat', 'diff', 'log', 'commits', 'timeline'] as const

type Doings = { start: () => void; pickBlocker: () => void; pickPrompt: () => void }

function useTaskActions({ to, name }: WayBack, go: (change: { tab: string }) => void, doings: Doings | null): void {
  const navigate = useNavigate()
  const actions = useMemo<PageAction[]>(
    () => [
      {
        id: 'back',
        label: `Back to ${name}`,
        keys: 'esc',
        icon: <ArrowLeft className="size-4" />,
        run: () => navigate(to),
      },
      ...(doings
        ? [
            { id: 'start', label: 'Start an attempt', keys: 's', icon: <Play className="size-4" />, run: doings.start },
            { id: 'blocker', label: 'Wait for another card', keys: 'b', icon: <Hourglass className="size-4" />, run: doings.pickBlocker },
            { id: 'prompt', label: 'Choose its prompt', keys: 'shift+p', icon: <FileText className="size-4" />, run: doings.pickPrompt },
          ]
        : []),
      ...TABS.map((tab, at) => ({ id: tab, label: `Show the ${tab}`, keys: String(at + 1), run: () => go({ tab }) })),
    ],
    [to, name, navigate, go, doings],
  )
  useActions('Card', actions)
}

function Gone({ projectId }: { projectId: string }) {
  return (
    <NotHere
      isPage
      thing="card"
      icon={<Trash2 className="size-8" />}
      actions={
        <Link to={`/projects/${projectId}`} className={buttonClasses('primary')}>
          Back to the board
        </Link>
      }
    />
  )
}

/** A card's frame in its final shape: number, title, tabs, and what stands beside them. */
function TaskSkeleton() {
  return (
    <Loading label="Loading the card" className="flex h-full flex-col">
      <div className="flex h-12 shrink-0 items-center border-b border-line px-4">
        <Skeleton className="h-4 w-16" />
      </div>
      <div className="shrink-0 px-4 pt-3">
        <h1 className="flex h-[34px] items-center">
          <span className="sr-only">Card</span>
          <Skeleton className="h-7 w-1/2" />
        </h1>
      </div>
      <div className="flex h-9 shrink-0 items-center gap-5 border-b border-line px-5">
        {TABS.map((tab) => (
          <Skeleton key={tab} className="h-4 w-14" />
        ))}
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="mx-auto max-w-3xl flex-1 p-4">
          <Skeleton className="h-32 w-full" />
        </div>
        <div className="hidden w-72 shrink-0 flex-col gap-4 border-l border-line p-4 lg:flex">
          {TABS.map((tab) => (
            <Skeleton key={tab} className="h-4 w-2/3" />
          ))}
        </div>
      </div>
    </Loading>
  )
}
