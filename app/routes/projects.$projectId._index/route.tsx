import { useParams } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useOwnPlace } from '#app/people/use-own-place.ts'
import { usePeople } from '#app/people/use-people.ts'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { later } from '#app/ui/later.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { projectById } from '#domain/projects/queries.ts'
import { BoardActions } from './board-actions.tsx'
import { type Asked, FaceContext, MovesContext, SurroundingsContext, useMoves } from './board-context.ts'
import { BoardDialogs, NewColumn } from './board-dialogs.tsx'
import { BoardHeader } from './board-header.tsx'
import { BoardSkeleton, EmptyBoard } from './board-states.tsx'
import { Column } from './column.tsx'
import { EVERYTHING, filterCards, hasFacets, matcherOf } from './filter/card-filter.ts'
import { FilterChips } from './filter/filter-chips.tsx'
import { useLook } from './filter/use-look.ts'
import { focusCard } from './keyboard/card-focus.ts'
import { keepScroll, lastOpened, restoreScroll } from './scroll-kept.ts'
import { SelectionBar } from './selection/selection-bar.tsx'
import { Spoken } from './spoken.tsx'
import { Surroundings } from './surroundings.ts'
import { type Board, type BoardColumn, type Card, useBoard } from './use-board.ts'
import { useBoardMoves } from './use-moves.ts'
import { currentView } from './views/current-view.ts'
import { type LookAsked, LookDialogs } from './views/look-dialogs.tsx'
import { useViewDeeds } from './views/use-view-deeds.tsx'
import { useViews } from './views/use-views.ts'
import { WORDS } from './words.ts'

export const meta = () => [{ title: 'Board · Slipway' }]

const CardTable = later(() => import('./list/card-table.tsx').then((list) => list.CardTable))
/** The cards are there before what surrounds them. */
const SurroundingsSource = later(() => import('./surroundings-source.tsx').then((source) => source.SurroundingsSource))

const NO_COLUMNS: readonly BoardColumn[] = []

/** The board of a project. */
export default function BoardPage() {
  const projectId = useParams().projectId ?? ''
  return <BoardOf key={projectId} projectId={projectId} />
}

function BoardOf({ projectId }: { projectId: string }) {
  const room = useRoom(projectRoom(projectId))
  const project = useQuery(useMemo(() => projectById(projectId), [projectId]))?.[0]
  const board = useBoard(projectId)
  const [look, setLook] = useLook(projectId)
  const [lookAsked, askLook] = useState<LookAsked | null>(null)
  const { place, canKeep } = useOwnPlace(projectId)
  const views = useViews(place)
  const current = useMemo(() => currentView(views, look), [views, look])
  const [addingTo, setAdding] = useState<string | null>(null)
  const [isAddingColumn, setAddingColumn] = useState(false)
  const [asked, ask] = useState<Asked | null>(null)
  const box = useRef<HTMLInputElement>(null)
  const [surroundings] = useState(() => new Surroundings())
  const projectKey = project?.key ?? 'APP'
  const moves = useBoardMoves({
    projectId,
    projectKey,
    board,
    surroundings,
    canWrite: room.canWrite,
    ask,
  })
  const face = usePeople()
  const startColumn = useCallback(() => setAddingColumn(true), [])
  const focusFilter = useCallback(() => box.current?.focus(), [])

  const deeds = useViewDeeds({ place, look, setLook, ask: askLook, views, current, canKeep })
  const { member: me } = useSession()
  const matches = useMemo(() => matcherOf(look.filter, me?.id ?? null, new Date()), [look.filter, me])
  const shown = useMemo(() => board && filterCards(board.cards.byColumn, matches), [board, matches])
  useEffect(() => {
    moves.selection.keep((id) => {
      const card = board?.cards.byId.get(id)
      return card !== undefined && (matches?.(card) ?? true)
    })
  }, [moves, board, matches])

  const left = shown ? countOf(shown) : 0
  const isEmpty = board !== undefined && board.cards.byId.size === 0
  return (
    <MovesContext.Provider value={moves}>
      <BoardActions columns={board?.columns ?? NO_COLUMNS} startAdding={setAdding} addColumn={startColumn} focusFilter={focusFilter} />
      <BoardHeader
        {...{ projectId, projectKey, box, look, setLook, askLook, views, current, deeds, canKeep }}
        canWrite={room.canWrite}
        addColumn={startColumn}
      />
      {board && shown && hasFacets(look.filter) && (
        <FilterChips
          filter={look.filter}
          shown={left}
          total={board.cards.byId.size}
          onChange={(filter) => setLook({ ...look, filter })}
          ask={(only) => askLook({ what: 'filter', only })}
          onClear={() => setLook({ ...look, filter: EVERYTHING })}
          onKeep={current || !canKeep ? null : deeds.keepNew}
        />
      )}
      {room.status === 'refused' && (
        <Banner kind="error" className="mx-4 mt-3">
          {WORDS.refused}
        </Banner>
      )}
      {board === undefined || shown === undefined || board.columns.length === 0 ? (
        <Waiting isOffline={room.status === 'offline'} isList={look.isList} />
      ) : (
        <>
          {isEmpty && addingTo === null && (
            <EmptyBoard projectId={projectId} onAdd={room.canWrite ? () => setAdding(board.columns[0]?.id ?? null) : null} />
          )}
          <SurroundingsSource projectId={projectId} cards={board.cards} surroundings={surroundings} />
          <SurroundingsContext.Provider value={surroundings}>
            <FaceContext.Provider value={face}>
              <div className="relative flex min-h-0 flex-1">
                {look.isList ? (
                  <CardTable {...{ projectId, board, shown, addingTo, setAdding }} sort={look.sort} />
                ) : (
                  <Columns {...{ projectId, board, shown, addingTo, setAdding }} isFiltered={matches !== null} />
                )}
                {!isEmpty && left === 0 && (
                  <p
                    role="status"
                    className="pointer-events-none absolute inset-x-0 top-24 mx-auto w-fit rounded-full border border-line bg-raised px-3 py-1.5 text-sm text-muted"
                  >
                    {WORDS.noMatch}
                  </p>
                )}
                <SelectionBar />
              </div>
            </FaceContext.Provider>
          </SurroundingsContext.Provider>
          <Spoken />
        </>
      )}
      {isAddingColumn && <NewColumn projectId={projectId} onClose={() => setAddingColumn(false)} />}
      <LookDialogs {...{ place, board, look, setLook }} asked={lookAsked} onClose={() => askLook(null)} />
      {/* A menu closes after what was chosen in it has opened something else. */}
      <BoardDialogs projectId={projectId} asked={asked} onClose={() => ask((now) => (now === asked ? null : now))} />
    </MovesContext.Provider>
  )
}

function Waiting({ isOffline, isList }: { isOffline: boolean; isList: boolean }) {
  return (
    <>
      {isOffline && (
        <Banner kind="offline" className="mx-4 mt-3">
          {WORDS.offlineEmpty}
        </Banner>
      )}
      <BoardSkeleton isList={isList} />
    </>
  )
}

type ColumnsProps = {
  projectId: string
  board: Board
  shown: ReadonlyMap<string, readonly Card[]>
  isFiltered: boolean
  addingTo: string | null
  setAdding: (columnId: string | null) => void
}

function Columns({ projectId, board, shown, isFiltered, addingTo, setAdding }: ColumnsProps) {
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
  return (
    <div
      ref={strip}
      onScroll={(event) => keepScroll(projectId, event.currentTarget.scrollLeft)}
      className="flex min-h-0 min-w-0 flex-1 snap-x snap-proximity scroll-px-4 gap-2 overflow-x-auto overflow-y-hidden p-4 pt-3 scroll-thin md:snap-none"
    >
      {board.columns.map((column, at) => (
        <Column
          key={column.id}
          column={column}
          cards={shown.get(column.id)}
          total={board.cards.byColumn.get(column.id)?.length ?? 0}
          isFiltered={isFiltered}
          isFirst={at === 0}
          isLast={at === board.columns.length - 1}
          isAdding={addingTo === column.id}
          setAdding={setAdding}
        />
      ))}
    </div>
  )
}

function countOf(shown: ReadonlyMap<string, readonly Card[]>): number {
  let count = 0
  for (const cards of shown.values()) count += cards.length
  return count
}
