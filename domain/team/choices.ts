import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { listRows } from '#domain/core/query.ts'
import { accept } from '#domain/core/refusal.ts'
import { personRoom } from '#domain/core/rooms.ts'
import { choices } from './schema.ts'

/** CHOICE-1: remembers how somebody likes the pages, in that person's own room. What is so already is not written again. */
export const keepChoice = defineCommand({
  name: 'keepChoice',
  isNoStep: true,
  input: z.object({ personId: z.uuid(), key: z.string().min(1).max(100), value: choices.schema.shape.value }),
  rooms: ({ personId }) => [personRoom(personId)],
  run(tx, { personId, key, value }) {
    const own = tx.room(personRoom(personId))
    const known = own.get(choices, key)
    if (!known) own.create(choices, { id: key, value })
    else if (known.value !== value) own.update(choices, key, { value })
    return accept()
  },
})

/** What somebody chose under a key, as a list of at most one. */
export const choiceOf = (personId: string, key: string) => listRows(choices, ['value'], { room: personRoom(personId), id: key })
