import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import { memo, useCallback, useState } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { classes } from '#app/ui/classes.ts'
import { ConfirmLater } from '#app/ui/confirm-later.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Menu } from '#app/ui/menu.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import { editColumn, removeColumn } from '#domain/tasks/commands.ts'
import { useMoves } from './board-context.ts'
import { CardList } from './card-list.tsx'
import { ColumnDialog } from './dialogs-later.ts'
import { laneOf, pressColumn } from './drag/column-drag.ts'
import { decideLoad, sayLoad } from './load.ts'
import { QuickAdd } from './quick-add.tsx'
import { keepScroll, restoreScroll } from './scroll-kept.ts'
import type { BoardColumn, Card } from './use-board.ts'
import { WORDS } from './words.ts'

const NO_CARDS: readonly Card[] = []

type ColumnProps = {
  column: BoardColumn
  cards: readonly Card[] | undefined
  /** How many cards stand here in truth, when a filter hides some. */
  total: number
  isFiltered: boolean
  /** Whether it stands at the left or the right end of the board. */
  isFirst: boolean
  isLast: boolean
  isAdding: boolean
  setAdding: (columnId: string | null) => void
}

/** One column of the board. Drawn again only when its own cards changed. */
export const Column = memo(function Column(props: ColumnProps) {
  const { column, cards = NO_CARDS, total, isFiltered, isFirst, isLast, isAdding, setAdding } = props
  const { projectId, canWrite } = useMoves()
  const listRef = useCallback(
    (list: HTMLDivElement | null) => {
      if (list) restoreScroll(`${projectId}/${column.id}`, list, 'scrollTop')
    },
    [projectId, column.id],
  )
  const onScroll = useCallback((top: number) => keepScroll(`${projectId}/${column.id}`, top), [projectId, column.id])
  return (
    <section
      aria-label={`Column ${column.name}`}
      {...laneOf(column.id)}
      className="flex h-full w-[82vw] shrink-0 snap-start md:w-auto md:min-w-56 md:max-w-80 md:flex-1 flex-col rounded-lg bg-sunken"
    >
      <ColumnHeader {...{ column, total, isFirst, isLast }} shown={isFiltered ? cards.length : null} />
      <CardList column={column} cards={cards} listRef={listRef} onScroll={onScroll} />
      {canWrite && <QuickAdd columnId={column.id} columnName={column.name} isOpen={isAdding} setAdding={setAdding} />}
    </section>
  )
})

type Ends = Pick<ColumnProps, 'column' | 'isFirst' | 'isLast'>

/** How many cards stand here, and in words what that is to the limit; where a filter hides some, how many of them are shown. */
function ColumnHeader({ column, total, shown, ...ends }: Ends & { total: number; shown: number | null }) {
  const moves = useMoves()
  const { canWrite } = moves
  const { wipLimit } = column
  const load = wipLimit === null ? null : decideLoad(total, wipLimit)
  return (
    <header
      onPointerDown={(event) => pressColumn(event.nativeEvent, column.id, moves)}
      className="flex h-10 shrink-0 touch-manipulation items-center gap-2 pr-1.5 pl-3 select-none"
    >
      <h2 className="min-w-0 truncate text-sm font-semibold" title={`Status: ${STATUS_LABELS[column.status]}`}>
        {column.name}
      </h2>
      <span
        className={classes(
          'shrink-0 rounded-full px-1.5 text-xs leading-5 whitespace-nowrap tabular',
          load?.isOver ? 'bg-warn-soft font-medium text-warn' : 'text-faint',
        )}
        title={wipLimit === null ? `${total} cards` : `${total} cards, the limit is ${wipLimit}`}
      >
        {shown === null ? sayLoad(total, wipLimit) : `${shown} of ${total}`}
      </span>
      {canWrite && (
        <span className="ml-auto flex">
          <ColumnMenu column={column} {...ends} />
        </span>
      )}
    </header>
  )
}

/** Costs more than all else in the header, and another number of cards is nothing to it. */
const ColumnMenu = memo(function ColumnMenu({ column, isFirst, isLast }: Ends) {
  const { projectId, shiftColumn } = useMoves()
  const edit = useCommand(editColumn)
  const remove = useCommand(removeColumn)
  const [shown, setShown] = useState<'edit' | 'remove' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const close = () => {
    setShown(null)
    setRefusal(null)
  }
  return (
    <>
      <Menu
        label={`Column ${column.name}`}
        placement="bottom end"
        trigger={
          <IconButton label={`Options of ${column.name}`} noTooltip>
            <Ellipsis aria-hidden className="size-4" />
          </IconButton>
        }
        groups={[
          {
            actions: [
              { id: 'edit', label: 'Name, limit and status…', icon: <Pencil className="size-4" />, run: () => setShown('edit') },
              { id: 'left', label: 'Move left', isDisabled: isFirst, icon: <ArrowLeft className="size-4" />, run: () => void shiftColumn(column.id, -1) }, // biome-ignore format: one action
              { id: 'right', label: 'Move right', isDisabled: isLast, icon: <ArrowRight className="size-4" />, run: () => void shiftColumn(column.id, 1) }, // biome-ignore format: one action
            ],
          },
          {
            actions: [
              { id: 'remove', label: 'Remove column…', isDanger: true, icon: <Trash2 className="size-4" />, run: () => setShown('remove') },
            ],
          },
        ]}
      />
      {shown === 'edit' && (
        <ColumnDialog
          title={`Column ${column.name}`}
          verb="Save"
          onClose={close}
          start={{ name: column.name, status: column.status, wipLimit: column.wipLimit }}
          save={async (patch) => {
            const answer = await edit({ projectId, columnId: column.id, patch })
            return answer.ok ? null : answer
          }}
        />
      )}
      <ConfirmLater
        title={`Remove the column ${column.name}?`}
        verb="Remove column"
        isDanger
        isOpen={shown === 'remove'}
        onClose={close}
        error={refusal}
        onConfirm={async () => {
          const answer = await remove({ projectId, columnId: column.id })
          if (answer.ok) close()
          else setRefusal(answer.message)
        }}
      >
        {WORDS.removeColumn}
      </ConfirmLater>
    </>
  )
})
