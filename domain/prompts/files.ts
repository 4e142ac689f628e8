import { z } from 'zod'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { leaves } from './rules.ts'
import { type Prompt, prompts } from './schema.ts'

type Shown = Pick<
  Prompt,
  'id' | 'familyId' | 'parentId' | 'title' | 'type' | 'version' | 'isReusable' | 'components' | 'variables' | 'content' | 'createdAt'
>

const { title, type, isReusable, components, variables } = prompts.schema.shape
/** What stands between the two lines of dashes. */
const front = z.object({ id: z.string().nullable().default(null), title, type, isReusable, components, variables })
const content = z.string().trim().min(1, 'A prompt needs words.').max(200_000, 'A prompt can have at most 200,000 characters.')

/** A prompt as a file says it; `id` is the version it was written out from. */
export type PromptFile = z.output<typeof front> & { content: string }

/**
 * PROMPT-9: the newest version of every prompt as a markdown file with front matter; of two branches each its own. A value of the
 * front matter is JSON, which is YAML too. The same prompts give the same files, so that a repository sees what changed and nothing else.
 */
export function writePromptFiles(all: readonly Shown[]): { name: string; text: string }[] {
  return leaves(all)
    .map((prompt) => ({ name: `${slug(prompt.title)}-${prompt.id.replaceAll('-', '').slice(-8)}.md`, text: writePromptFile(prompt) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function writePromptFile(prompt: Shown): string {
  const values = {
    id: prompt.id,
    title: prompt.title,
    type: prompt.type,
    version: prompt.version,
    isReusable: prompt.isReusable,
    components: prompt.components,
    variables: Object.fromEntries(Object.entries(prompt.variables).sort(([a], [b]) => (a < b ? -1 : 1))),
  }
  const lines = Object.entries(values).map(([name, value]) => `${name}: ${inOneLine(value)}`)
  return `---\n${lines.join('\n')}\n---\n\n${prompt.content.trim()}\n`
}

/** JSON on one line for everybody: to YAML these three end one too. */
const inOneLine = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Reads a file back, as `writePromptFiles` or a person wrote it: a value that is no JSON is taken as it stands. Without front matter the file's name is the title. */
export function readPromptFile(name: string, given: string): Answer<PromptFile> {
  if (given.includes('\0')) return refuse('prompt-file-unreadable', 'It is no text. Choose a file written in Markdown.')
  const text = given.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const parts = /^---\n([\s\S]*?\n)?---[ \t]*(?:\n([\s\S]*))?$/.exec(text)
  const values: Record<string, unknown> = { title: name.replace(/\.(md|markdown|txt)$/i, '') }
  for (const line of (parts?.[1] ?? '').split('\n')) {
    const [, key, value = ''] = /^([A-Za-z]\w*):[ \t]*([^\n]*?)[ \t]*$/.exec(line) ?? []
    if (key) values[key] = readValue(value)
  }
  const read = front.safeParse(values)
  const body = content.safeParse(parts ? (parts[2] ?? '') : text)
  if (!read.success || !body.success) {
    const issue = (read.error ?? body.error)?.issues[0]
    const field = read.success ? '' : `${issue?.path.join('.')}: `
    return refuse('prompt-file-unreadable', `${field}${issue?.message ?? 'It cannot be read.'}`)
  }
  return accept({ ...read.data, content: body.data })
}

function readValue(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value.replace(/^'([^\n]*)'$/, '$1')
  }
}

export type PromptPatch = Partial<Omit<PromptFile, 'id'>>
/** What bringing one file in comes to: nothing, the next version of the one it was written from, or a new prompt. */
export type PromptImport =
  | { kind: 'same'; title: string }
  | { kind: 'version'; parentId: string; title: string; patch: PromptPatch }
  | { kind: 'new'; title: string; file: PromptFile }

/** PROMPT-9: what a file changes here. An untouched one changes nothing, whatever was saved since; one of a version that is not here is a new prompt. */
export function decideImport(file: PromptFile, all: readonly Shown[]): PromptImport {
  const from = all.find(({ id }) => id === file.id)
  if (!from) return { kind: 'new', title: file.title, file }
  const { id: _, ...given } = file
  const here: Omit<PromptFile, 'id'> = { ...from, content: from.content.trim() }
  const names = Object.keys(given) as (keyof typeof given)[]
  const differing = names.filter((name) => canonical(given[name]) !== canonical(here[name]))
  if (differing.length === 0) return { kind: 'same', title: from.title }
  return { kind: 'version', parentId: from.id, title: from.title, patch: Object.fromEntries(differing.map((name) => [name, given[name]])) }
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
  )

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '') || 'prompt'
