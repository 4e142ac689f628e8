import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom, recordRoom } from '#domain/core/rooms.ts'
import { compareHolders, nextShortId } from '#domain/tasks/rules.ts'
import { tasks } from '#domain/tasks/schema.ts'
import { attempts } from './schema.ts'

/**
 * TASK-14: where cards have one short id, made by people who did not know of each other, one keeps it and the others get the next free
 * ones. Run by the server alone: two who did it at once would do it differently. `arrived`: ids that were heard of just now, in that order. Answers the ids of
 * the cards that have a new one.
 */
export const settleShortIds = defineCommand({
  name: 'settleShortIds',
  input: z.object({ projectId: z.uuid(), arrived: z.array(z.string()) }),
  rooms: ({ projectId }) => [projectRoom(projectId), recordRoom(projectId)],
  run(tx, { projectId, arrived }) {
    const board = tx.room(projectRoom(projectId))
    const all = board.pick(tasks, ['shortId'])
    const alike = sameShortIds(all)
    if (alike.length === 0) return accept([])
    const started = new Set(tx.room(recordRoom(projectId)).pick(attempts, ['taskId']).map(({ taskId }) => taskId)) // biome-ignore format: one line
    const heard = new Map([...new Set(arrived)].map((id, at) => [id, at]))
    let taken = all.map(({ shortId }) => shortId)
    const changed: string[] = []
    for (const ids of alike) {
      const holders = ids.flatMap((id) => holderOf(board, id, started, heard)).sort(compareHolders)
      for (const { id, shortId } of holders.slice(1)) {
        const next = nextShortId(shortId.replace(/-\d+$/, ''), taken)
        taken = [next]
        board.update(tasks, id, { shortId: next })
        changed.push(id)
      }
    }
    return accept(changed)
  },
})

/** The ids of cards that have one short id, wherever more than one has it; in an order that depends on nothing but these short ids. */
function sameShortIds(cards: readonly { id: string; shortId: string }[]): string[][] {
  const first = new Map<string, string>()
  const alike = new Map<string, string[]>()
  for (const { id, shortId } of cards) {
    const other = first.get(shortId)
    if (shortId === '') continue
    if (other === undefined) first.set(shortId, id)
    else alike.set(shortId, [...(alike.get(shortId) ?? [other]), id])
  }
  const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })
  return [...alike].sort(([a], [b]) => inOrder(a, b)).map(([, ids]) => ids)
}

function holderOf(board: RoomTx, id: string, started: ReadonlySet<string>, heard: ReadonlyMap<string, number>) {
  const card = board.get(tasks, id)
  if (!card) return []
  const isKnown = started.has(id) || card.history.some(({ fields }) => 'shortId' in fields)
  return [{ id, shortId: card.shortId, createdAt: card.createdAt, isKnown, arrived: heard.get(id) ?? -1 }]
}
