import { z } from 'zod'
import { defineCommand, type Tx } from '#domain/core/command.ts'
import { listRows } from '#domain/core/query.ts'
import { accept, refuse } from '#domain/core/refusal.ts'
import { teamRoom } from '#domain/core/rooms.ts'
import { type Tag, tags } from './schema.ts'

const tagName = tags.schema.shape.tagName.regex(
  /^[\p{L}\p{N}][\p{L}\p{N}_.-]*$/u,
  'A tag’s name is one word of letters, digits, dots, dashes and underscores, so that it can be typed after @.',
)
const content = z
  .string()
  .trim()
  .min(1, 'A tag needs a text: it is what @ inserts.')
  .max(50_000, 'A tag can have at most 50,000 characters.')

/** Every tag of the team. */
export const tagsList = () => listRows(tags, ['tagName', 'content', 'version', 'updatedAt', 'createdBy'], {})

/** TEAM-1: makes a tag, or changes it; a change of its text is its next version. No two tags go by one name. Answers its id. */
export const saveTag = defineCommand({
  name: 'saveTag',
  input: z.object({ id: z.uuid(), tagName, content }),
  rooms: () => [teamRoom],
  run(tx, { id, ...fields }) {
    const team = tx.room(teamRoom)
    const known = team.get(tags, id)
    const other = namedAlike(tx, id, fields.tagName)
    if (other) return refuse('tag-exists', `There is a tag @${other.tagName} already.`, 'tagName')
    if (!known) team.create(tags, { id, ...fields })
    else team.update(tags, id, { ...fields, version: known.content === fields.content ? known.version : known.version + 1 })
    return accept(id)
  },
})

/** Deletes a tag; texts it was inserted into keep what they have. */
export const removeTag = defineCommand({
  name: 'removeTag',
  input: z.object({ id: z.string() }),
  rooms: () => [teamRoom],
  run(tx, { id }) {
    tx.room(teamRoom).remove(tags, id)
    return accept()
  },
})

/** TEAM-2: what inserting a tag leaves in a text: its content, under a line that says which version of which tag it is. */
export const tagText = ({ tagName: name, version, content: text }: Pick<Tag, 'tagName' | 'version' | 'content'>): string =>
  `<!-- @${name} v${version} -->\n${text.trim()}\n`

/** The first line of a text that is words and no mark of a tag. */
export const firstWords = (text: string): string => text.split('\n').find((line) => !/^\s*(<!-- @.* -->\s*)?$/.test(line)) ?? ''

/** How often a tag, in any of its versions, was inserted into these texts. */
export function countUses(name: string, texts: readonly string[]): number {
  const mark = `<!-- @${name} v`
  return texts.reduce((sum, text) => sum + text.split(mark).length - 1, 0)
}

function namedAlike(tx: Tx, id: string, name: string): Tag | undefined {
  const wanted = name.toLowerCase()
  return tx
    .room(teamRoom)
    .all(tags)
    .find((tag) => tag.id !== id && tag.tagName.toLowerCase() === wanted)
}
