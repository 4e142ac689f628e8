import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { AnswerEdit } from '#domain/interviews/schema.ts'
import { type Prompt, prompts } from './schema.ts'

/**
 * PROMPT-6: the changes of answers a version was made of that nobody has looked at for it; with one of them it, and every card made
 * of it, counts as "source changed". It goes by what was seen and not by time, so that a version saved without knowing of the
 * change is marked too, whenever they meet.
 */
export function changedSources<E extends Pick<AnswerEdit, 'id' | 'messageId'>>(
  version: Pick<Prompt, 'sources' | 'seen'>,
  edits: readonly E[],
): E[] {
  return edits.filter(({ id, messageId }) => version.sources.includes(messageId) && !version.seen.includes(id))
}

/** Says that a version still holds though answers beneath it changed: those named, and no later ones. */
export const confirmSources = defineCommand({
  name: 'confirmSources',
  input: z.object({ projectId: z.uuid(), promptId: z.string(), seen: z.array(z.string()) }),
  rooms: ({ projectId }) => [projectRoom(projectId)],
  run(tx, { projectId, promptId, seen }) {
    const project = tx.room(projectRoom(projectId))
    const version = project.get(prompts, promptId)
    if (!version) return refuse('prompt-not-found', 'That prompt is gone. Somebody may have deleted it.')
    project.update(prompts, promptId, { seen: [...new Set([...version.seen, ...seen])] })
    return accept()
  },
})

/** What a version that is written now knows of: every change of its sources that is here. */
export const seenNow = (sources: readonly string[], edits: readonly Pick<AnswerEdit, 'id' | 'messageId'>[]): string[] =>
  edits.filter(({ messageId }) => sources.includes(messageId)).map(({ id }) => id)
