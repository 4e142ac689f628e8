import { useNavigate } from '@remix-run/react'
import { useEffect, useMemo, useRef } from 'react'
import { v7 } from 'uuid'
import { pointed } from '#app/people/follow/followed.ts'
import { useCommand, useConsequence } from '#app/replica/react.tsx'
import { useSpokenUndo } from '#app/shell/use-spoken-undo.ts'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { sayCards } from '#app/work/deeds/deeds.ts'
import { labelsOf } from '#app/work/deeds/holds.ts'
import type { Answer } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { editTasks, moveTasks } from '#domain/tasks/bulk.ts'
import { createTasks, editTask } from '#domain/tasks/commands.ts'
import { moveColumn } from '#domain/tasks/move-column.ts'
import { readWritten } from '#domain/tasks/written.ts'
import { afterPaint } from './after-paint.ts'
import type { Asked, BoardMoves } from './board-context.ts'
import { laneWith } from './drag/column-drag.ts'
import { Hand } from './drag/hand.ts'
import { neighboursAt, topOf } from './drag/neighbours.ts'
import { focusCard, focusedCardId, follow } from './keyboard/card-focus.ts'
import { Lists } from './lists.ts'
import { sayReleased } from './released.ts'
import { Renaming } from './rename/renaming.ts'
import { lastOpened } from './scroll-kept.ts'
import { Selection } from './selection/selection.ts'
import type { Surroundings } from './surroundings.ts'
import type { Board } from './use-board.ts'
import { WORDS } from './words.ts'

type Needs = {
  projectId: string
  projectKey: string
  board: Board | undefined
  surroundings: Surroundings
  canWrite: boolean
  ask: (asked: Asked) => void
}

/** What can be done with cards here. Refusals become messages; the cards then stay as they were. */
export function useBoardMoves({ projectId, projectKey, board, surroundings, canWrite, ask }: Needs): BoardMoves {
  const navigate = useNavigate()
  const move = useCommand(moveTasks)
  const drop = useCommand(moveTasks, { isPictureFirst: true })
  const edit = useCommand(editTasks)
  const editOne = useCommand(editTask)
  const create = useCommand(createTasks)
  const shift = useCommand(moveColumn)
  const request = useConsequence()
  const { undo } = useSpokenUndo()
  const present = useRef({ board, projectKey, ask, navigate, undo })
  present.current = { board, projectKey, ask, navigate, undo }

  const moves = useMemo<BoardMoves>(() => {
    const cardsIn = (columnId: string) => present.current.board?.cards.byColumn.get(columnId) ?? []
    const nameOf = (columnId: string) => present.current.board?.columns.find(({ id }) => id === columnId)?.name ?? ''
    const say = (answer: Answer<unknown>): boolean => {
      if (!answer.ok) sayRefusal(answer.message)
      return answer.ok
    }
    /** Says what was done to many cards, or to cards that are in sight no more, with the way back. */
    const sayWhenDone = (sentence: string) => sayDone(sentence, { label: 'Undo', run: () => present.current.undo() })
    /** The keyboard goes along with a card that moves from under it. */
    const along = (taskId: string, columnId: string, at: 'top' | 'bottom' | 'anywhere') => {
      follow(taskId)
      return (answer: Answer<unknown>): boolean => {
        const isDone = say(answer)
        const stays = present.current.board?.cards.byId.get(taskId)?.columnId ?? columnId
        focusCard(taskId, isDone ? columnId : stays, isDone ? at : 'anywhere')
        return isDone
      }
    }
    const lists = new Lists()
    /** Of cards that move together the keyboard goes along with the one that has it; in a list, where no column is, it goes on to the next. */
    const alongWithOne = (ids: readonly string[], columnId: string, at: 'top' | 'anywhere') => {
      if (!lists.get(columnId)) return say
      const focused = focusedCardId()
      const one = ids.length === 1 ? ids[0] : ids.find((id) => id === focused)
      return one === undefined ? say : along(one, columnId, at)
    }
    /** Of these cards, those that a move to this column makes done. Asked before the move. */
    const toBeDone = (ids: readonly string[], columnId: string): ReadonlySet<string> => {
      const { cards, columns } = present.current.board ?? {}
      const isDone = columns?.find(({ id }) => id === columnId)?.status === 'done'
      return new Set(isDone ? ids.filter((id) => cards?.byId.get(id)?.status !== 'done') : [])
    }
    /** B12: what waited for cards that are done now is said after the move, with the way back: a question before would be in the way of every drag. */
    const sayMoved = (ids: readonly string[], columnId: string, done: ReadonlySet<string>) => {
      const { cards } = present.current.board ?? {}
      const find = (id: string) => cards?.byId.get(id) ?? surroundings.find(id)
      const released = done.size > 0 && cards ? sayReleased(done, cards.rows, find) : ''
      const [first = ''] = ids
      const name = ids.length === 1 ? (cards?.byId.get(first)?.shortId ?? '') : `${ids.length} cards`
      if (ids.length > 1 || released) sayWhenDone(`${name} moved to ${nameOf(columnId)}. ${released}`.trim())
    }
    const hand = new Hand()
    const putColumn = async (columnId: string, beforeId: string | null): Promise<void> => {
      const name = nameOf(columnId)
      if (!say(await shift({ projectId, columnId, beforeId }))) return
      hand.say(beforeId === null ? `${name} is the last column now.` : `${name} stands before ${nameOf(beforeId)} now.`)
    }
    return {
      projectId,
      canWrite,
      hand,
      lists,
      selection: new Selection(),
      board: () => present.current.board,
      columns: () => present.current.board?.columns ?? [],
      knownLabels: () => labelsOf(present.current.board?.cards.rows ?? []),
      open(card) {
        lastOpened.set(projectId, card.id)
        present.current.navigate(`/projects/${projectId}/tasks/${card.id}`)
      },
      async drop(ids, columnId, spot, withFocus) {
        const taskIds = ids.filter((id) => present.current.board?.cards.byId.has(id))
        if (taskIds.length < ids.length) sayRefusal(WORDS.goneInHand)
        if (taskIds.length === 0) return false
        const done = withFocus ? alongWithOne(taskIds, columnId, 'anywhere') : say
        const finished = toBeDone(taskIds, columnId)
        const isDone = done(await drop({ projectId, taskIds, columnId, ...neighboursAt(cardsIn(columnId), new Set(taskIds), spot) }))
        if (isDone) sayMoved(taskIds, columnId, finished)
        return isDone
      },
      moveTo(cards, columnId) {
        const taskIds = cards.map(({ id }) => id)
        const done = alongWithOne(taskIds, columnId, 'top')
        const finished = toBeDone(taskIds, columnId)
        void move({ projectId, taskIds, columnId, ...topOf(cardsIn(columnId), new Set(taskIds)) }).then((answer) => {
          if (done(answer)) sayMoved(taskIds, columnId, finished)
        })
      },
      moveWithin(card, to) {
        const [cards, moved] = [cardsIn(card.columnId), new Set([card.id])]
        const between = to === 'top' ? topOf(cards, moved) : neighboursAt(cards, moved, null)
        void move({ projectId, taskIds: [card.id], columnId: card.columnId, ...between }).then(
          (answer) => say(answer) && focusCard(card.id, card.columnId, to),
        )
      },
      change(cards, change, said) {
        void edit({ projectId, taskIds: cards.map(({ id }) => id), ...change }).then((answer) => {
          if (say(answer) && said) sayWhenDone(`${sayCards(cards)}: ${said}.`)
        })
      },
      renaming: new Renaming(),
      rename: async (card, title) => say(await editOne({ projectId, taskId: card.id, patch: { title } })),
      moveColumn: putColumn,
      async shiftColumn(columnId, step) {
        const columns = present.current.board?.columns ?? []
        const at = columns.findIndex(({ id }) => id === columnId)
        if (at < 0 || !columns[at + step]) return
        const hadFocus = laneWith(columnId)?.contains(document.activeElement) ?? false
        await putColumn(columnId, columns[step === -1 ? at - 1 : at + 2]?.id ?? null)
        // Put elsewhere in the page, an element loses the keyboard.
        if (hadFocus) afterPaint(() => laneWith(columnId)?.querySelector<HTMLElement>('header button')?.focus())
      },
      async add(columnId, words) {
        const [id, written] = [v7(), readWritten(words)]
        const answer = await create({ projectId, key: present.current.projectKey, columnId, tasks: [{ id, ...written }] })
        if (answer.ok) showEnd(columnId)
        if (answer.ok && written.isUntitled) void request('proposals.title', { projectId, taskId: id }, { rooms: [projectRoom(projectId)] })
        return answer.ok ? null : answer.message
      },
      ask: (asked) => present.current.ask(asked),
    }
  }, [projectId, canWrite, move, drop, edit, editOne, create, shift, request, surroundings])
  useHandChecked(moves, board)
  useEffect(
    () =>
      pointed.subscribe(() => {
        const cardId = pointed.get()
        if (cardId !== null) moves.lists.show(cardId)
      }),
    [moves],
  )
  return moves
}

/** A card that somebody deletes leaves the hand it is in, and no card stays in hand when the board is left. */
function useHandChecked({ hand }: BoardMoves, board: Board | undefined): void {
  useEffect(() => {
    if (hand.cardId === null || !board || board.cards.byId.has(hand.cardId)) return
    hand.cancel()
    sayRefusal(WORDS.goneInHand)
  }, [hand, board])
  useEffect(() => () => hand.cancel(), [hand])
}

/** A new card stands at the bottom: bring it into sight. */
function showEnd(columnId: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const list = document.querySelector(`[data-column="${CSS.escape(columnId)}"]`)
      if (list) list.scrollTop = list.scrollHeight
    }),
  )
}
