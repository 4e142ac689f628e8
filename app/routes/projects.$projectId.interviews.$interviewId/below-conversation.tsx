import { Link } from '@remix-run/react'
import CloudOff from 'lucide-react/icons/cloud-off'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Square from 'lucide-react/icons/square'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useKeepsHere } from '#app/replica/react.tsx'
import { useActions } from '#app/shell/actions.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Kbd } from '#app/ui/kbd.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import { Time } from '#app/ui/time.tsx'
import type { InterviewStatus } from '#domain/interviews/schema.ts'

type ThinkingProps = {
  asker: string
  /** Its words can be read as they come. */
  isWriting: boolean
  /** Stops it; absent where nobody may, or nothing runs yet. */
  onStop?: () => Promise<boolean>
}

/** A model is at work on the next question; Escape stops it. */
export function Thinking({ asker, isWriting, onStop }: ThinkingProps) {
  const [isStopping, setStopping] = useState(false)
  const stop = async () => {
    if (!onStop || isStopping) return
    setStopping(true)
    if (!(await onStop())) setStopping(false)
  }
  const latest = useRef(stop)
  latest.current = stop
  const canStop = onStop !== undefined
  const keys = useMemo(
    () => (canStop ? [{ id: 'stop-asking', label: 'Stop the model', keys: 'esc', run: () => void latest.current() }] : []),
    [canStop],
  )
  useActions('The next question', keys)
  return (
    <div className="flex min-h-11 items-center gap-2 px-2 text-sm text-muted">
      <Spinner />
      <span role="status">
        {asker} is {isWriting ? 'writing' : 'thinking'}…
      </span>
      {canStop && (
        <Button
          size="small"
          onPress={() => void stop()}
          isPending={isStopping}
          aria-keyshortcuts="Escape"
          icon={<Square aria-hidden className="size-3" fill="currentColor" />}
          className="ml-auto"
        >
          Stop
          <span aria-hidden className="flex pointer-coarse:hidden">
            <Kbd keys="esc" />
          </span>
        </Button>
      )}
    </div>
  )
}

/** Somebody stopped the model. Nothing that was said is lost. */
export function AskStopped({ by, onAgain, onBuiltin }: { by: string; onAgain?: () => void; onBuiltin: () => void }) {
  return (
    <Banner
      kind="info"
      actions={
        onAgain && (
          <>
            <Button size="small" onPress={onBuiltin}>
              Use the built-in list
            </Button>
            <Button size="small" onPress={onAgain} icon={<RotateCcw aria-hidden className="size-3.5" />}>
              Ask again
            </Button>
          </>
        )
      }
    >
      Stopped by {by}.
    </Banner>
  )
}

/** A model will be asked when the network is back. */
export function WaitingToAsk({ asker, onBuiltin }: { asker: string; onBuiltin: () => void }) {
  return (
    <Banner
      kind="offline"
      actions={
        <Button size="small" onPress={onBuiltin}>
          Go on with the built-in list
        </Button>
      }
    >
      Your answer is kept. {asker} is asked as soon as the server has it.
    </Banner>
  )
}

/** A model gave an error instead of a question: its words, and another try. Nothing that was said is lost. */
export function AskFailed({
  asker,
  error,
  onRetry,
  onBuiltin,
}: {
  asker: string
  error: string
  onRetry: () => void
  onBuiltin: () => void
}) {
  return (
    <Banner
      kind="error"
      actions={
        <>
          <Button size="small" onPress={onBuiltin}>
            Use the built-in list
          </Button>
          <Button size="small" onPress={onRetry} icon={<RotateCcw aria-hidden className="size-3.5" />}>
            Try again
          </Button>
        </>
      }
    >
      <strong className="font-medium">{asker} could not ask the next question.</strong> {error}
    </Banner>
  )
}

/** Nothing waits: the list is through, or the model has nothing left to ask. */
export function NothingToAsk({
  isEnough,
  isModel,
  asker,
  onAsk,
}: {
  isEnough: boolean
  isModel: boolean
  asker: string
  onAsk: () => void
}) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-sm">
      <span className="min-w-0 flex-1 basis-60 text-muted">
        {isEnough
          ? 'Every topic is answered or assumed. Finish, or go on talking.'
          : isModel
            ? `${asker} has not been asked for the next question.`
            : 'Every question of the list was asked.'}
      </span>
      {isModel && <Button onPress={onAsk}>Ask for the next question</Button>}
    </div>
  )
}

type EndedProps = { status: InterviewStatus; by: string; at: number | null; canReopen: boolean; onReopen: () => void; next: ReactNode }

/** Why an ended interview takes no more messages, who ended it, the way back, and the way on. */
export function Ended({ status, by, at, canReopen, onReopen, next }: EndedProps) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3 text-sm">
      <span className="min-w-0 flex-1 basis-60 text-muted">
        <span className="font-medium text-ink">
          {status === 'completed' ? 'Completed' : 'Cancelled'} by {by}
        </span>
        {at !== null && (
          <>
            {' '}
            <Time at={at} />
          </>
        )}
        . An interview that has ended takes no more messages.
      </span>
      {canReopen && <Button onPress={onReopen}>Reopen</Button>}
      {status === 'completed' && next}
    </div>
  )
}

/** Where the prompts of this interview are. */
export function PromptsMade({
  projectId,
  prompts,
}: {
  projectId: string
  prompts: readonly { id: string; title: string; version: number }[]
}) {
  if (prompts.length === 0) return null
  return (
    <section aria-labelledby="made">
      <h2 id="made" className="font-semibold">
        Prompts made from it
      </h2>
      <ul className="mt-1 flex flex-col">
        {prompts.map((prompt) => (
          <li key={prompt.id}>
            <Link
              to={`/projects/${projectId}/prompts/${prompt.id}`}
              className="-mx-2 flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{prompt.title}</span>
              <span className="text-xs text-faint">v{prompt.version}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The device has no network, and it does not matter here. */
export function OfflineNote() {
  const isKept = useKeepsHere()
  return (
    <p className="flex items-center gap-2 text-xs text-muted">
      <CloudOff aria-hidden className="size-3.5 shrink-0" /> Offline: answers are {isKept ? 'kept on this device' : 'in this page alone'}{' '}
      and shared when the server is back.
    </p>
  )
}
