import { isUnderWay } from '#domain/attempts/rules.ts'
import { attempts } from '#domain/attempts/schema.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { removeProject, restoreProject } from '#domain/projects/removal.ts'
import { call, GUARD_FAILED } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'
import { type AttemptParts, cancelAttempt } from '#server/record/attempts.ts'
import { noteRemoved, noteRestored } from './stored-removals.ts'

/**
 * PROJECT-6: deletes a project, so that it can be restored: from now on nothing begins in it, and then what is under way is stopped. Called again
 * it stops what an earlier call did not get to.
 */
export async function remove(parts: AttemptParts, who: Identity, projectId: string): Promise<Answer> {
  const done = await parts.documents.edit([call(removeProject, { projectId }, who.memberId)], async (client) => {
    await noteRemoved(client, projectId, who.memberId, Date.now())
    return true
  })
  if (!done.ok) return done
  for (const { id: attemptId, status } of await parts.documents.rows(recordRoom(projectId), attempts)) {
    if (!isUnderWay(status)) continue
    const stopped = await cancelAttempt(parts, who, { projectId, attemptId })
    // It may have come to its end by itself.
    if (!stopped.ok && stopped.code !== 'attempt-ended') return stopped
  }
  return accept()
}

/** PROJECT-6: a deleted project is there again, with all that was in it. */
export async function restore({ documents }: Pick<AttemptParts, 'documents'>, who: Identity, projectId: string): Promise<Answer> {
  const done = await documents.edit([call(restoreProject, { projectId }, who.memberId)], (client) => noteRestored(client, projectId))
  if (done.ok) return accept()
  return done.code === GUARD_FAILED ? refuse('project-not-found', 'That project is gone. It was deleted for good.') : done
}
