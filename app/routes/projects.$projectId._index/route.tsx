import { useParams } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useQuery, useRoom } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { projectById } from '#domain/projects/queries.ts'
import { addColumn, deleteTask, editColumn } from '#domain/tasks/commands.ts'
import { FaceContext, MovesContext, SurroundingsContext, useMoves } from './board-context.ts'
import { BoardHeader } from './board-header.tsx'
import { BoardSkeleton, EmptyBoard } from './board-states.tsx'
import { CardMenu } from './card-menu.tsx'
import { Column } from './column.tsx'
import { ColumnDialog } from './column-dialog.tsx'
import { filterCards } from './filter.tsx'
import { focusCard } from './keyboard/card-focus.ts'
import { MoveDialog } from './move-dialog.tsx'
import { keepScroll, lastOpened, restoreScroll } from './scroll-kept.ts'
import { Spoken } from './spoken.tsx'
import { Surroundings } from './surroundings.ts'
import { SurroundingsSource } from './surroundings-source.tsx'
import { type Board, type Card, useBoard } from './use-board.ts'
import { useBoardActions } from './use-board-actions.tsx'
import { useBoardMoves } from './use-moves.ts'
import { WORDS } from './words.ts'

export const meta = () => [{ title: 'Board · Slipway' }]

/** The board of a project. */
export default function BoardPage() {
  const projectId = useParams().projectId ?? ''
  return <BoardOf key={projectId} projectId={projectId} />
}

function BoardOf({ projectId }: { projectId: string }) {
  const room = useRoom(projectRoom(projectId))
  const project = useQuery(useMemo(() => projectById(projectId), [projectId]))?.[0]
  const board = useBoard(projectId)
  const [words, setWords] = useState('')
  const [addingTo, setAdding] = useState<string | null>(null)
  const [isAddingColumn, setAddingColumn] = useState(false)
  const [deleting, setDeleting] = useState<Card | null>(null)
  const [menu, setMenu] = useState<{ card: Card; anchor: Element } | null>(null)
  const [moving, setMoving] = useState<Card | null>(null)
  const filter = useRef<HTMLInputElement>(null)
  const moves = useBoardMoves({
    projectId,
    projectKey: project?.key ?? 'APP',
    board,
    canWrite: room.canWrite,
    askDelete: setDeleting,
    openMenu: (card, anchor) => setMenu({ card, anchor }),
  })
  const [surroundings] = useState(() => new Surroundings())
  const face = usePeople()
  useBoardActions({
    moves,
    startAdding: setAdding,
    addColumn: useCallback(() => setAddingColumn(true), []),
    focusFilter: useCallback(() => filter.current?.focus(), []),
    chooseColumn: setMoving,
  })

  const isEmpty = board !== undefined && board.cards.byId.size === 0
  return (
    <MovesContext.Provider value={moves}>
      <BoardHeader filter={filter} words={words} setWords={setWords} canWrite={room.canWrite} setAddingColumn={setAddingColumn} />
      {room.status === 'refused' && (
        <Banner kind="error" className="mx-4 mt-3">
          {WORDS.refused}
        </Banner>
      )}
      {board === undefined || board.columns.length === 0 ? (
        <Waiting isOffline={room.status === 'offline'} />
      ) : (
        <>
          {isEmpty && addingTo === null && (
            <EmptyBoard projectId={projectId} onAdd={room.canWrite ? () => setAdding(board.columns[0]?.id ?? null) : null} />
          )}
          <SurroundingsSource projectId={projectId} surroundings={surroundings} />
          <SurroundingsContext.Provider value={surroundings}>
            <FaceContext.Provider value={face}>
              <Columns projectId={projectId} board={board} words={words} addingTo={addingTo} setAdding={setAdding} />
            </FaceContext.Provider>
          </SurroundingsContext.Provider>
          <Spoken />
        </>
      )}
      {isAddingColumn && <NewColumn projectId={projectId} onClose={() => setAddingColumn(false)} />}
      {menu && <CardMenu {...menu} onClose={() => setMenu(null)} />}
      {moving && <MoveDialog card={moving} onClose={() => setMoving(null)} />}
      <DeleteCard projectId={projectId} card={deleting} onClose={() => setDeleting(null)} />
    </MovesContext.Provider>
  )
}

function Waiting({ isOffline }: { isOffline: boolean }) {
  return (
    <>
      {isOffline && (
        <Banner kind="offline" className="mx-4 mt-3">
          {WORDS.offlineEmpty}
        </Banner>
      )}
      <BoardSkeleton />
    </>
  )
}

type ColumnsProps = {
  projectId: string
  board: Board
  words: string
  addingTo: string | null
  setAdding: (columnId: string | null) => void
}

function Columns({ projectId, board, words, addingTo, setAdding }: ColumnsProps) {
  const { lists } = useMoves()
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    lists.strip = strip.current
  })
  useEffect(() => {
    if (strip.current) restoreScroll(projectId, strip.current, 'scrollLeft')
    const opened = lastOpened.get(projectId)
    const columnId =
      opened === undefined
        ? undefined
        : document
            .querySelector(`[data-key="${CSS.escape(opened)}"]`)
            ?.closest('[data-column]')
            ?.getAttribute('data-column')
    if (opened && columnId) focusCard(opened, columnId, 'anywhere')
    lastOpened.delete(projectId)
  }, [projectId])
  const shown = useMemo(() => filterCards(board.cards, words), [board.cards, words])
  return (
    <div
      ref={strip}
      onScroll={(event) => keepScroll(projectId, event.currentTarget.scrollLeft)}
      className="flex min-h-0 flex-1 snap-x snap-proximity scroll-px-4 gap-2 overflow-x-auto overflow-y-hidden p-4 pt-3 scroll-thin md:snap-none"
    >
      {board.columns.map((column) => (
        <Column
          key={column.id}
          column={column}
          cards={shown.get(column.id)}
          total={board.cards.byColumn.get(column.id)?.length ?? 0}
          isFiltered={words !== ''}
          isAdding={addingTo === column.id}
          setAdding={setAdding}
        />
      ))}
    </div>
  )
}

function NewColumn({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const add = useCommand(addColumn)
  const edit = useCommand(editColumn)
  return (
    <ColumnDialog
      isOpen
      title="New column"
      verb="Add column"
      onClose={onClose}
      start={{ name: '', status: 'review', wipLimit: null }}
      save={async ({ name, status, wipLimit }) => {
        const id = v7()
        const made = await add({ projectId, id, name, status })
        if (!made.ok) return made
        const limited = wipLimit === null ? made : await edit({ projectId, columnId: id, patch: { wipLimit } })
        return limited.ok ? null : limited
      }}
    />
  )
}

function DeleteCard({ projectId, card, onClose }: { projectId: string; card: Card | null; onClose: () => void }) {
  const remove = useCommand(deleteTask)
  return (
    <Confirm
      title={`Delete ${card?.shortId ?? 'the card'}?`}
      verb="Delete card"
      isDanger
      isOpen={card !== null}
      onClose={onClose}
      onConfirm={async () => {
        const answer = card && (await remove({ projectId, taskId: card.id }))
        if (answer && !answer.ok) sayRefusal(answer.message)
        onClose()
      }}
    >
      {WORDS.deleteCard}
    </Confirm>
  )
}
