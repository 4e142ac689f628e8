import { useMemo, useRef } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { attemptsOf } from '#domain/attempts/queries.ts'
import { commitsOf } from '#domain/changes/queries.ts'
import { compareOrder } from '#domain/core/order.ts'
import type { RowIn } from '#domain/core/query.ts'
import { schedulesOf } from '#domain/schedules/queries.ts'
import { costsOf } from '#domain/sessions/queries.ts'
import { costsBy } from '#domain/sessions/rules.ts'
import { cardsOf, columnsOf, commentsIn } from '#domain/tasks/queries.ts'
import { type Arranged, arrange } from './arrange.ts'
import { type Marks, marksOf } from './marks.ts'

export type Card = RowIn<typeof cardsOf>
export type BoardColumn = RowIn<typeof columnsOf>
export type Board = { columns: BoardColumn[]; cards: Arranged<Card> }

const NO_MARKS: ReadonlyMap<string, Marks> = new Map()

/** The columns in order and the cards of each, kept current; undefined while they are loading. */
export function useBoard(projectId: string): Board | undefined {
  const columnRows = useQuery(useMemo(() => columnsOf(projectId), [projectId]))
  const cardRows = useQuery(useMemo(() => cardsOf(projectId), [projectId]))
  const before = useRef<{ projectId: string; cards: Arranged<Card> | undefined }>({ projectId, cards: undefined })
  const columns = useMemo(() => columnRows && [...columnRows].sort(compareOrder), [columnRows])
  return useMemo(() => {
    if (!columns || !cardRows) return undefined
    const last = before.current.projectId === projectId ? before.current.cards : undefined
    const cards = arrange(last, cardRows, columns)
    before.current = { projectId, cards }
    return { columns, cards }
  }, [projectId, columns, cardRows])
}

/** What is known about each card beside itself: attempts, commits, comments, what is under way, what it cost. */
export function useMarks(projectId: string): ReadonlyMap<string, Marks> {
  const attempts = useQuery(useMemo(() => attemptsOf(projectId), [projectId]))
  const commits = useQuery(useMemo(() => commitsOf(projectId), [projectId]))
  const schedules = useQuery(useMemo(() => schedulesOf(projectId), [projectId]))
  const comments = useQuery(useMemo(() => commentsIn(projectId), [projectId]))
  const turns = useQuery(useMemo(() => costsOf(projectId), [projectId]))
  const costs = useMemo(() => costsBy(turns ?? []), [turns])
  const before = useRef(NO_MARKS)
  return useMemo(() => {
    const beside = { schedules: schedules ?? [], comments: comments ?? [], costs }
    const isKnown = attempts || commits || schedules || comments
    before.current = isKnown ? marksOf(before.current, attempts ?? [], commits ?? [], beside) : NO_MARKS
    return before.current
  }, [attempts, commits, schedules, comments, costs])
}
