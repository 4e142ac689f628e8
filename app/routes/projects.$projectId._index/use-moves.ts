import { useNavigate } from '@remix-run/react'
import { useEffect, useMemo, useRef } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import type { Answer } from '#domain/core/refusal.ts'
import { createTasks, moveTask } from '#domain/tasks/commands.ts'
import type { BoardMoves } from './board-context.ts'
import { Hand } from './drag/hand.ts'
import { neighboursAt, topOf } from './drag/neighbours.ts'
import { focusCard, follow } from './keyboard/card-focus.ts'
import { Lists } from './lists.ts'
import { lastOpened } from './scroll-kept.ts'
import type { Board, Card } from './use-board.ts'
import { WORDS } from './words.ts'

type Needs = {
  projectId: string
  projectKey: string
  board: Board | undefined
  canWrite: boolean
  askDelete: (card: Card) => void
  openMenu: (card: Card, anchor: Element) => void
}

/** What can be done with cards here. Refusals become messages; the card then stays where it was. */
export function useBoardMoves({ projectId, projectKey, board, canWrite, askDelete, openMenu }: Needs): BoardMoves {
  const navigate = useNavigate()
  const move = useCommand(moveTask)
  const create = useCommand(createTasks)
  const present = useRef({ board, projectKey, askDelete, openMenu, navigate })
  present.current = { board, projectKey, askDelete, openMenu, navigate }

  const moves = useMemo<BoardMoves>(() => {
    const cardsIn = (columnId: string) => present.current.board?.cards.byColumn.get(columnId) ?? []
    const say = (answer: Answer<unknown>): boolean => {
      if (!answer.ok) sayRefusal(answer.message)
      return answer.ok
    }
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
    return {
      projectId,
      canWrite,
      hand: new Hand(),
      lists: new Lists(),
      board: () => present.current.board,
      columns: () => present.current.board?.columns ?? [],
      open(card) {
        lastOpened.set(projectId, card.id)
        present.current.navigate(`/projects/${projectId}/tasks/${card.id}`)
      },
      async drop(ids, columnId, spot, withFocus) {
        const known = ids.filter((id) => present.current.board?.cards.byId.has(id))
        if (known.length < ids.length) sayRefusal(WORDS.goneInHand)
        const dropped = known.map((taskId) => {
          const done = withFocus ? along(taskId, columnId, 'anywhere') : say
          return move({ projectId, taskId, columnId, ...neighboursAt(cardsIn(columnId), taskId, spot) }).then(done)
        })
        return (await Promise.all(dropped)).every(Boolean) && known.length > 0
      },
      moveTo(card, columnId) {
        const done = along(card.id, columnId, 'top')
        void move({ projectId, taskId: card.id, columnId, ...topOf(cardsIn(columnId), card.id) }).then(done)
      },
      moveWithin(card, to) {
        const cards = cardsIn(card.columnId)
        const between = to === 'top' ? topOf(cards, card.id) : neighboursAt(cards, card.id, null)
        void move({ projectId, taskId: card.id, columnId: card.columnId, ...between }).then(
          (answer) => say(answer) && focusCard(card.id, card.columnId, to),
        )
      },
      async add(columnId, title) {
        const answer = await create({ projectId, key: present.current.projectKey, columnId, tasks: [{ id: v7(), title }] })
        if (answer.ok) showEnd(columnId)
        return answer.ok ? null : answer.message
      },
      askDelete: (card) => present.current.askDelete(card),
      openMenu: (card, anchor) => present.current.openMenu(card, anchor),
    }
  }, [projectId, canWrite, move, create])
  useHandChecked(moves, board)
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
