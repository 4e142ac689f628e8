import { useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useConsequence, useQuery, useSession } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { commitsFor, reviewNotesOf } from '#domain/changes/queries.ts'
import { composeReview, inReadingOrder, type NoteStanding, standingOf } from '#domain/changes/review.ts'
import { addReviewNote, editReviewNote, removeReviewNote, sendReview } from '#domain/changes/review-commands.ts'
import type { RowIn } from '#domain/core/query.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { turnsOf } from '#domain/sessions/queries.ts'
import { followUpTurn } from '#domain/sessions/queue.ts'
import type { Line } from './review-anchor.ts'
import type { AttemptRow } from './use-task.ts'

export type Note = RowIn<typeof reviewNotesOf> & { standing: NoteStanding; isMine: boolean }
/** What can be done with notes; each answers the sentence of a refusal, or null. */
export type Review = {
  /** Undefined while they are loading. */
  notes: readonly Note[] | undefined
  drafts: readonly Note[]
  add: (path: string, line: Line, body: string) => Promise<string | null>
  edit: (id: string, body: string) => Promise<string | null>
  remove: (id: string) => void
  send: () => void
}

/** The notes of everybody on the change of an attempt, with what became of them. */
export function useReview(projectId: string, attempt: AttemptRow, outbox: readonly OutboxItem[]): Review {
  const rows = useQuery(reviewNotesOf(projectId, attempt.id))
  const turns = useQuery(turnsOf(projectId, attempt.id))
  const commits = useQuery(commitsFor(projectId, attempt.taskId))
  const me = useSession().member?.id
  const face = usePeople()
  const ask = useConsequence()
  const [add, edit, remove, send] = [
    useCommand(addReviewNote),
    useCommand(editReviewNote),
    useCommand(removeReviewNote),
    useCommand(sendReview),
  ]
  // What this page sent and was not refused: the outbox has it a moment later, and is rid of it a moment before the turn is heard of.
  const [sent, setSent] = useState<readonly string[]>([])
  const notes = useMemo(() => {
    if (!rows || !turns || !commits) return undefined
    const byId = new Map(turns.map((turn) => [turn.id, turn]))
    const onTheirWay = new Set<string | null>([...sent, ...outbox.filter(({ state }) => state !== 'refused').flatMap(turnsCausedBy)])
    return inReadingOrder(rows).map((row): Note => {
      const isGivenUp = row.sentBy === me && !onTheirWay.has(row.turnId)
      return { ...row, isMine: row.author === me, standing: standingOf(row, byId, commits, isGivenUp) }
    })
  }, [rows, turns, commits, outbox, me, sent])
  const drafts = useMemo(() => notes?.filter(({ standing }) => standing.kind === 'draft') ?? [], [notes])
  const { id: attemptId, taskId } = attempt
  // The same object while it says the same: the files of a change are drawn anew with another one.
  return useMemo(
    () => ({
      notes,
      drafts,
      add: (path, { side, line, quote }, body) => answer(add({ projectId, id: v7(), taskId, attemptId, path, side, line, quote, body })),
      edit: (id, body) => answer(edit({ projectId, id, body })),
      remove: (id) => void answer(remove({ projectId, id })).then((refusal) => refusal && sayRefusal(refusal)),
      send: () => {
        const messageId = v7()
        const turnId = followUpTurn(messageId)
        const text = composeReview(drafts, (id) => face(id).name)
        const rooms = [projectRoom(projectId), recordRoom(projectId)]
        setSent((before) => [...before, turnId])
        void send({ projectId, messageId, noteIds: drafts.map(({ id }) => id) })
        void ask('attempts.followUp', { projectId, attemptId, messageId, text }, { rooms }).then((given) => {
          if (!given.ok) setSent((before) => before.filter((each) => each !== turnId))
        })
      },
    }),
    [notes, drafts, projectId, attemptId, taskId, add, edit, remove, send, ask, face],
  )
}

/** The sentence of a refusal, or null. */
const answer = async (asked: Promise<{ ok: boolean; message?: string }>): Promise<string | null> => {
  const given = await asked
  return given.ok ? null : (given.message ?? '')
}

/** The turn that a message in the outbox will cause; none for everything else there. */
const turnsCausedBy = ({ procedure, input }: OutboxItem): string[] =>
  procedure === 'attempts.followUp' ? [followUpTurn((input as { messageId: string }).messageId)] : []
