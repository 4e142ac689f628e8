import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import type { RoomTx } from '#domain/core/document.ts'
import { listRows } from '#domain/core/query.ts'
import { accept } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { rejectedProposals } from './schema.ts'

/** TASK-17: the same proposal said again, whatever its case, spaces and marks. */
export const sameProposal = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim()

/** TASK-17: remembers what was taken out of the cards proposed from a prompt, and forgets that of what was put in after all. */
export const rejectProposals = defineCommand({
  name: 'rejectProposals',
  input: z.object({
    projectId: z.uuid(),
    familyId: z.string(),
    rejected: z.array(z.string().max(255)),
    accepted: z.array(z.string().max(255)),
  }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, familyId, rejected, accepted }) {
    const board = tx.room(projectRoom(projectId))
    const kept = new Set(accepted.map(sameProposal))
    for (const title of accepted) forgetRejected(board, familyId, title)
    for (const title of rejected) if (!kept.has(sameProposal(title))) rememberRejected(board, familyId, title)
    return accept()
  },
})

const idOf = (familyId: string, title: string): string => derivedId(familyId, sameProposal(title))

/** Keeps in mind that nobody wants this of what is proposed from a prompt. */
export function rememberRejected(board: RoomTx, familyId: string, title: string): void {
  const id = idOf(familyId, title)
  if (!board.get(rejectedProposals, id)) board.create(rejectedProposals, { id, familyId, title })
}

/** Somebody wants it after all. */
export function forgetRejected(board: RoomTx, familyId: string, title: string): void {
  const id = idOf(familyId, title)
  if (board.get(rejectedProposals, id)) board.remove(rejectedProposals, id)
}

/** What was rejected of one prompt's proposals. */
export const rejectedOf = (projectId: string, familyId: string) =>
  listRows(rejectedProposals, ['title'], { room: projectRoom(projectId), familyId })
