import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Pencil from 'lucide-react/icons/pencil'
import X from 'lucide-react/icons/x'
import { useEffect, useMemo, useRef, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useSession, useUnsaved } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { isUnderWay } from '#domain/attempts/rules.ts'
import type { RowIn } from '#domain/core/query.ts'
import type { Answer } from '#domain/core/refusal.ts'
import type { queueOf } from '#domain/sessions/queries.ts'
import { inQueueOrder } from '#domain/sessions/queue.ts'
import { editQueued, moveQueued, type QueueAt, removeQueued } from '#domain/sessions/queue-commands.ts'
import { useSay } from './use-say.ts'
import type { AttemptRow } from './use-task.ts'
import { WORDS } from './words.ts'

type Queued = RowIn<typeof queueOf>
type ListProps = {
  queue: readonly Queued[]
  isReadOnly: boolean
  /** Gives the keyboard to where the next message is written. */
  toComposer: () => void
}
type QueueProps = ListProps & { projectId: string; attempt: AttemptRow; chatId: string; outbox: readonly OutboxItem[] }

/** QUEUE-1: what the agent has not read yet, in the order in which it will. */
export function Queue({ projectId, attempt, chatId, queue, outbox, isReadOnly, toComposer }: QueueProps) {
  const { readNow } = useSay(projectId, attempt.id, chatId)
  const onTheirWay = useMemo(
    () => new Set(outbox.filter(({ state }) => state !== 'refused').map(({ input }) => (input as { messageId?: string }).messageId)),
    [outbox],
  )
  const isBusy = isUnderWay(attempt.status)
  return (
    <QueueList
      label="In the queue"
      at={{ chatId }}
      queue={queue}
      onTheirWay={onTheirWay}
      standing={isBusy ? WORDS.afterTurn : WORDS.queueStands}
      isReadOnly={isReadOnly}
      toComposer={toComposer}
      {...(isBusy || isReadOnly ? {} : { readNow })}
    />
  )
}

/** QUEUE-4: what the agent of a card's next attempt is told when that starts. */
export function CardQueue({ projectId, taskId, ...rest }: ListProps & { projectId: string; taskId: string }) {
  return <QueueList label="For the next attempt" at={{ projectId, taskId }} onTheirWay={NONE} standing={WORDS.nextAttempt} {...rest} />
}

const NONE: ReadonlySet<string | undefined> = new Set()

type QueueListProps = ListProps & {
  label: string
  at: QueueAt
  /** The messages whose calls the server has not had yet. */
  onTheirWay: ReadonlySet<string | undefined>
  standing: string
  readNow?: (messageId: string) => void
}

function QueueList({ label, at: where, queue, onTheirWay, standing, isReadOnly, toComposer, readNow }: QueueListProps) {
  const rows = useMemo(() => inQueueOrder(queue), [queue])
  const unsaved = useUnsaved()
  return (
    <ol aria-label={label} className="ml-9 flex flex-col gap-2">
      {rows.map((row, at) => {
        const isWaiting = unsaved.has(row.id) || onTheirWay.has(row.id)
        return (
          <InQueue
            key={row.id}
            row={row}
            where={where}
            place={at}
            isLast={at === rows.length - 1}
            isReadOnly={isReadOnly}
            toComposer={toComposer}
            standing={isWaiting ? WORDS.waiting : standing}
            {...(isWaiting || !readNow ? {} : { readNow: () => readNow(row.id) })}
          />
        )
      })}
    </ol>
  )
}

type Way = 'earlier' | 'later'
type InQueueProps = {
  row: Queued
  where: QueueAt
  standing: string
  /** How many are read before it. */
  place: number
  isLast: boolean
  isReadOnly: boolean
  toComposer: () => void
  readNow?: () => void
}

function InQueue({ row, where, standing, place, isLast, isReadOnly, toComposer, readNow }: InQueueProps) {
  const face = usePeople()(row.author)
  const isMine = useSession().member?.id === row.author
  const [move, remove] = [useCommand(moveQueued), useCommand(removeQueued)]
  const [edit, setEdit] = useState<'none' | 'begun' | 'over'>('none')
  const item = useRef<HTMLLIElement>(null)
  const here = { ...where, messageId: row.id }
  const icon = 'size-3.5'
  const isFirst = place === 0
  const buttons = useRef<Record<Way, HTMLButtonElement | null>>({ earlier: null, later: null })
  const keep = (way: Way) => (button: HTMLButtonElement | null) => {
    buttons.current[way] = button
  }
  const going = useRef<Way | null>(null)
  // The list takes what moved out and puts it in again, which costs it the keyboard; at an end only the way back is left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it stands at its new place
  useEffect(() => {
    const { earlier, later } = buttons.current
    if (going.current) (going.current === 'earlier' ? [earlier, later] : [later, earlier]).find((each) => each?.disabled === false)?.focus()
    going.current = null
  }, [place])
  const go = async (to: Way) => {
    going.current = to
    const done = await move({ ...here, to })
    sayIfRefused(done)
    if (!done.ok) going.current = null
  }
  const takeBack = async (isTouch: boolean) => {
    const beside = item.current?.nextElementSibling ?? item.current?.previousElementSibling
    const done = await remove(here)
    sayIfRefused(done)
    // Nobody who touches looks for the keyboard, and on a phone a field brings its own.
    if (!done.ok || isTouch) return
    if (beside instanceof HTMLElement) beside.focus()
    else toComposer()
  }
  if (edit === 'begun')
    return (
      <li ref={item} tabIndex={-1}>
        <EditQueued row={row} where={where} close={() => setEdit('over')} />
      </li>
    )
  return (
    <li ref={item} tabIndex={-1} className="rounded-md border border-dashed border-edge py-1.5 pr-1.5 pl-3">
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1 pt-0.5">
          <Markdown text={row.text} />
        </div>
        {!isReadOnly && (
          <span className="flex shrink-0">
            {isMine && (
              <IconButton label="Edit" autoFocus={edit === 'over'} onPress={() => setEdit('begun')}>
                <Pencil aria-hidden className={icon} />
              </IconButton>
            )}
            {!(isFirst && isLast) && (
              <>
                <IconButton label="Earlier" isDisabled={isFirst} onPress={() => void go('earlier')} buttonRef={keep('earlier')}>
                  <ArrowUp aria-hidden className={icon} />
                </IconButton>
                <IconButton label="Later" isDisabled={isLast} onPress={() => void go('later')} buttonRef={keep('later')}>
                  <ArrowDown aria-hidden className={icon} />
                </IconButton>
              </>
            )}
            <IconButton label="Take back" onPress={({ pointerType }) => void takeBack(pointerType === 'touch')}>
              <X aria-hidden className={icon} />
            </IconButton>
          </span>
        )}
      </div>
      <p className="mt-0.5 flex min-h-6 flex-wrap items-center gap-x-2 text-xs text-muted">
        {!isMine && <span>{face.name}</span>}
        <span>{standing}</span>
        {readNow && (
          <Button size="small" onPress={readNow}>
            Send now
          </Button>
        )}
      </p>
    </li>
  )
}

/** Changes a message that was not read yet. Enter saves, Escape leaves it as it is. */
function EditQueued({ row, where, close }: { row: Queued; where: QueueAt; close: () => void }) {
  const edit = useCommand(editQueued)
  const [text, setText] = useState(row.text)
  const save = async () => {
    const done = await edit({ ...where, messageId: row.id, text })
    sayIfRefused(done)
    if (done.ok) close()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextArea
        label="Your message"
        hideLabel
        noMessage
        autoFocus
        value={text}
        onChange={setText}
        rows={2}
        onKeyDown={(event) => {
          if (event.key === 'Escape') return close()
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return event.continuePropagation()
          event.preventDefault()
          void save()
        }}
      />
      <span className="mt-1.5 flex gap-2">
        <Button look="primary" size="small" type="submit" isDisabled={text.trim() === ''}>
          Save
        </Button>
        <Button look="quiet" size="small" onPress={close}>
          Cancel
        </Button>
      </span>
    </form>
  )
}

const sayIfRefused = (answer: Answer<unknown>): void => {
  if (!answer.ok) sayRefusal(answer.message)
}
