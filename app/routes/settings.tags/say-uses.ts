import { countUses } from '#domain/team/tags.ts'

/**
 * Where a tag was inserted: into how many prompts of how many projects, as far as this device knows. `missing`: so many projects have not come here,
 * and may use it too.
 */
export function sayUses(name: string, texts: readonly { projectId: string; content: string }[], missing: number): string {
  const used = texts.filter(({ content }) => countUses(name, [content]) > 0)
  const places = new Set(used.map(({ projectId }) => projectId)).size
  const prompts = used.length === 1 ? 'one prompt' : `${used.length} prompts`
  const found =
    used.length === 0
      ? `It stands in no prompt${missing > 0 ? ' on this device' : ''}.`
      : `It stands in ${prompts} of ${places === 1 ? 'one project' : `${places} projects`}; ${used.length === 1 ? 'it keeps' : 'they keep'} its words.`
  if (missing === 0) return found
  return `${found} ${missing === 1 ? 'One project has' : `${missing} projects have`} not come to this device, and may use it too.`
}
