import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { accept } from '#domain/core/refusal.ts'
import { roomOfOwn } from '#domain/core/rooms.ts'
import { changeLooks, viewedFiles } from './schema.ts'

const ofAttempt = { projectId: z.uuid(), personId: z.uuid().nullable().default(null), attemptId: z.string() }
const { patch } = viewedFiles.schema.shape

/** VIEW-2: notes that the actor looks at an attempt's change as this patch has it. Reading is no step. */
export const noteLook = defineCommand({
  name: 'noteLook',
  isNoStep: true,
  input: z.object({ ...ofAttempt, patch }),
  rooms: (place) => [roomOfOwn(place)],
  run(tx, { attemptId, patch, ...place }) {
    const own = tx.room(roomOfOwn(place))
    const id = derivedId(attemptId, tx.actor)
    const known = own.get(changeLooks, id)
    if (!known) own.create(changeLooks, { id, attemptId, memberId: tx.actor, patch })
    else if (known.patch !== patch) own.update(changeLooks, id, { patch, before: known.patch })
    return accept()
  },
})

/** VIEW-3: marks a file as viewed by the actor as it stands in this patch, or takes that mark away (`patch` null). */
export const markFileViewed = defineCommand({
  name: 'markFileViewed',
  isNoStep: true,
  input: z.object({ ...ofAttempt, path: z.string().max(4096), patch: patch.nullable() }),
  rooms: (place) => [roomOfOwn(place)],
  run(tx, { attemptId, path, patch, ...place }) {
    const own = tx.room(roomOfOwn(place))
    const id = derivedId(`${attemptId}\n${path}`, tx.actor)
    if (patch === null) own.remove(viewedFiles, id)
    else if (own.get(viewedFiles, id)) own.update(viewedFiles, id, { path, patch })
    else own.create(viewedFiles, { id, attemptId, memberId: tx.actor, path, patch })
    return accept()
  },
})
