import { useNavigate } from '@remix-run/react'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Copy from 'lucide-react/icons/copy'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Link2 from 'lucide-react/icons/link-2'
import Pencil from 'lucide-react/icons/pencil'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { useSpokenUndo } from '#app/shell/use-spoken-undo.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { type ActionGroup, Menu } from '#app/ui/menu.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { cardDeeds } from '#app/work/deeds/card-deeds.tsx'
import { columnActions } from '#app/work/deeds/column-actions.tsx'
import type { Deeds } from '#app/work/deeds/deeds.ts'
import { DeleteCards } from '#app/work/deeds/delete-cards.tsx'
import { labelsOf } from '#app/work/deeds/holds.ts'
import { Ask } from '#app/work/deeds/questions.tsx'
import type { WayBack } from '#app/work/way-back.ts'
import { compareOrder } from '#domain/core/order.ts'
import { editTasks, moveTasks } from '#domain/tasks/bulk.ts'
import { columnsOf, labelsIn } from '#domain/tasks/queries.ts'
import { FinishCard } from './finish-card.tsx'
import { isWorthAsking } from './is-worth-asking.ts'
import { useRelatives } from './use-relatives.ts'
import type { TaskRow } from './use-task.ts'

type Asked = Parameters<Deeds['ask']>[0]['what'] | 'finish'
type Props = { projectId: string; task: TaskRow; isReadOnly: boolean; back: WayBack; rename: () => void }

const icon = 'size-4'

/** B13 B19: what can be done with the card, as on the board: the same keys, the same words in the command bar, the same questions; and the menu with all of it. */
export function CardDeeds({ projectId, task, isReadOnly, back, rename }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const columnRows = useQuery(useMemo(() => columnsOf(projectId), [projectId]))
  const labelRows = useQuery(useMemo(() => (asked === 'labels' ? labelsIn(projectId) : null), [asked, projectId]))
  const { impact } = useRelatives(projectId, task.id)
  const move = useCommand(moveTasks)
  const edit = useCommand(editTasks)
  const navigate = useNavigate()
  const { undo } = useSpokenUndo()
  const columns = useMemo(() => [...(columnRows ?? [])].sort(compareOrder), [columnRows])
  const cards = useMemo(() => [task], [task])
  const close = (what: Asked) => () => setAsked((now) => (now === what ? null : now))
  const sayWithUndo = (sentence: string): void => sayDone(sentence, { label: 'Undo', run: undo })

  const deeds: Deeds = {
    columns: () => columns,
    knownLabels: () => labelsOf(labelRows ?? []),
    moveTo(_, columnId) {
      const isEnd = columns.find(({ id }) => id === columnId)?.status === 'done' && task.status !== 'done'
      // What follows is said before, as where the status is chosen. Which of several such columns it goes to, only the move says.
      if (isEnd && isWorthAsking(task, impact) && columns.filter(({ status }) => status === 'done').length === 1) return setAsked('finish')
      void move({ projectId, taskIds: [task.id], columnId }).then((answer) => {
        if (!answer.ok) sayRefusal(answer.message)
      })
    },
    change(_, change, said) {
      void edit({ projectId, taskIds: [task.id], ...change }).then((answer) => {
        if (!answer.ok) sayRefusal(answer.message)
        else if (said) sayWithUndo(`${task.shortId}: ${said}.`)
      })
    },
    ask: ({ what }) => setAsked(what),
  }
  const bringBack = {
    id: 'archive',
    label: 'Bring it back',
    inFull: () => 'Bring the card back to the board',
    keys: 'e',
    icon: <ArchiveRestore className={icon} />,
    run: () => deeds.change(cards, { patch: { archived: false } }, 'back on the board'),
  }
  const mine = cardDeeds(deeds).map((deed) => (deed.id === 'archive' && task.archived ? bringBack : deed))
  const copy = (what: string, text: string) => () => void navigator.clipboard.writeText(text).then(() => sayDone(`${what} is copied.`))
  const copying: PageAction[] = [
    { id: 'copy', label: `Copy ${task.shortId}`, icon: <Copy className={icon} />, run: copy(task.shortId, task.shortId) },
    {
      id: 'copy-link',
      label: 'Copy its address',
      icon: <Link2 className={icon} />,
      run: () => copy('Its address', window.location.href)(),
    },
  ]
  const renaming: PageAction = { id: 'rename', label: 'Rename', keys: 'r', icon: <Pencil className={icon} />, run: rename }
  const actions: PageAction[] = isReadOnly
    ? copying
    : [
        ...mine.map(({ id, inFull, keys, icon, run }) => ({
          ...{ id, label: inFull('the card'), icon, run: () => run(cards) },
          ...(keys ? { keys } : {}),
        })),
        { ...renaming, label: 'Rename the card' },
        ...copying,
      ]
  useLatestActions(actions)

  const plain = mine.filter(({ id }) => id !== 'move').map(({ inFull: _, run, ...deed }) => ({ ...deed, run: () => run(cards) }))
  const isLast = (id: string) => id === 'archive' || id === 'delete'
  const groups: ActionGroup[] = isReadOnly
    ? [{ actions: copying }]
    : [
        { title: 'Move to', actions: columnActions(deeds, cards) },
        { title: 'Set', actions: plain.filter(({ id }) => !isLast(id)) },
        { actions: [renaming, ...copying] },
        { actions: plain.filter(({ id }) => isLast(id)) },
      ]
  return (
    <>
      <Menu
        label={`Actions for ${task.shortId}`}
        placement="bottom end"
        trigger={
          <IconButton label={`Actions for ${task.shortId}`} noTooltip>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        groups={groups}
      />
      {asked === 'finish' && <FinishCard projectId={projectId} task={task} impact={impact} onClose={close('finish')} />}
      {asked === 'delete' && (
        <DeleteCards
          projectId={projectId}
          cards={cards}
          onClose={close('delete')}
          onDeleted={() => {
            navigate(back.to)
            sayWithUndo(`${task.shortId} is deleted.`)
          }}
        />
      )}
      {asked !== null && asked !== 'finish' && asked !== 'delete' && (
        <Ask what={asked} cards={cards} deeds={deeds} onClose={close(asked)} />
      )}
    </>
  )
}

/** Offers the actions under the same names for as long as these stay the same, and does what they mean now: the card changes with every letter of its description. */
function useLatestActions(actions: readonly PageAction[]): void {
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const names = actions.map(({ id, label }) => `${id} ${label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names say what is offered
  const offered = useMemo(
    () => latest.current.map((action) => ({ ...action, run: () => latest.current.find(({ id }) => id === action.id)?.run() })),
    [names],
  )
  useActions('This card', offered)
}
