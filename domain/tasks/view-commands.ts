import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { type OwnPlace, roomOfOwn } from '#domain/core/rooms.ts'
import { boardViews } from './schema.ts'

const aView = { projectId: z.uuid(), personId: z.uuid().nullable().default(null), id: z.uuid() }
const room = (place: OwnPlace): string[] => [roomOfOwn(place)]

/** Keeps a filter under a name for whoever does so: a new view, or another name or filter for one of theirs. */
export const keepView = defineCommand({
  name: 'keepView',
  input: z.object({ ...aView, name: boardViews.schema.shape.name, query: boardViews.schema.shape.query }),
  rooms: room,
  run(tx, { id, name, query, ...place }) {
    const board = tx.room(roomOfOwn(place))
    const known = board.get(boardViews, id)
    if (!known) board.create(boardViews, { id, memberId: tx.actor, projectId: place.projectId, name, query })
    else if (known.memberId !== tx.actor) return refuseOthers()
    else board.update(boardViews, id, { name, query })
    return accept()
  },
})

/** Removes a view of one's own. The cards it showed stay as they are. */
export const removeView = defineCommand({
  name: 'removeView',
  input: z.object(aView),
  rooms: room,
  run(tx, { id, ...place }) {
    const board = tx.room(roomOfOwn(place))
    const known = board.get(boardViews, id)
    if (!known) return refuse('view-not-found', 'That view is gone already.')
    if (known.memberId !== tx.actor) return refuseOthers()
    board.remove(boardViews, id)
    return accept()
  },
})

const refuseOthers = () => refuse('not-yours', 'That view is somebody else’s. Keep one of your own instead.')
