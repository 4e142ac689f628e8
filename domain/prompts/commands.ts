import { z } from 'zod'
import { defineCommand, type Tx } from '#domain/core/command.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import { answerEdits } from '#domain/interviews/schema.ts'
import { seenNow } from './changed-sources.ts'
import { renderWhole } from './rules.ts'
import { type Prompt, prompts } from './schema.ts'

const room = (input: { projectId: string }): string[] => [projectRoom(input.projectId)]
const { title, type } = prompts.schema.shape
// A patch must not know the defaults: what it leaves out stays as the parent has it.
const patchedType = type.unwrap()
const content = z.string().trim().min(1, 'A prompt needs words.').max(200_000, 'A prompt can have at most 200,000 characters.')

/** Writes the first version of a prompt, by hand or from a proposal. Answers its id. */
export const createPrompt = defineCommand({
  name: 'createPrompt',
  input: z.object({
    projectId: z.uuid(),
    id: z.uuid(),
    title,
    content,
    type,
    interviewId: z.uuid().nullable().default(null),
    isReusable: z.boolean().default(false),
    components: z.array(z.string()).default([]),
    variables: z.record(z.string(), z.string()).default({}),
    sources: z.array(z.string()).default([]),
    criteria: prompts.schema.shape.criteria,
  }),
  rooms: room,
  run(tx, { projectId, id, ...given }) {
    // What a criterion rests on the prompt rests on.
    const fields = { ...given, sources: [...new Set([...given.sources, ...given.criteria.flatMap(({ sources }) => sources)])] }
    const composed = decideComponents(tx, projectId, { id, familyId: id, version: 1, ...fields })
    if (!composed.ok) return composed
    const project = tx.room(projectRoom(projectId))
    const seen = seenNow(fields.sources, project.all(answerEdits))
    project.create(prompts, { id, familyId: id, projectId, ...fields, seen })
    return accept(id)
  },
})

/** Saves a change as a new version whose parent is the one it was made from. Answers the new version's id. */
export const savePromptVersion = defineCommand({
  name: 'savePromptVersion',
  input: z.object({
    projectId: z.uuid(),
    id: z.uuid(),
    parentId: z.string(),
    patch: z
      .object({
        title,
        content,
        type: patchedType,
        isReusable: z.boolean(),
        components: z.array(z.string()),
        variables: z.record(z.string(), z.string()),
      })
      .partial(),
  }),
  rooms: room,
  run(tx, { projectId, id, parentId, patch }) {
    const project = tx.room(projectRoom(projectId))
    const parent = project.get(prompts, parentId)
    if (!parent) return refuse('prompt-not-found', 'The version you started from is gone. Save your text as a new prompt.')
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    const seen = [...new Set([...parent.seen, ...seenNow(parent.sources, project.all(answerEdits))])]
    const next = { ...parent, ...given, id, parentId, version: parent.version + 1, label: 'draft' as const, seen }
    const composed = decideComponents(tx, projectId, next)
    if (!composed.ok) return composed
    project.create(prompts, next)
    return accept(id)
  },
})

type Composed = Pick<Prompt, 'id' | 'familyId' | 'title' | 'version' | 'content' | 'components' | 'variables'>

function decideComponents(tx: Tx, projectId: string, prompt: Composed): Answer<unknown> {
  const project = tx.room(projectRoom(projectId))
  return renderWhole(prompt, (id) => project.get(prompts, id))
}
