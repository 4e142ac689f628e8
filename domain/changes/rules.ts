import type { FileChange } from '#domain/attempts/file-change.ts'
import { COMMIT_TYPES, type CommitType } from './schema.ts'

/** CHANGE-1: a header has at most this many characters, and so has every line below it. */
export const MAX_LINE = 100

/** What a commit message is made from when no model writes it. */
export type CommitAsk = {
  task: { shortId: string; title: string }
  changes: readonly FileChange[]
  turnId: string
  promptId: string | null
  startedBy: { name: string; email: string | null }
  /** A remark for the body, such as why the run stopped early. */
  note?: string
}

/** CHANGE-2: the whole message of a turn's commit by rule: header, at most two paragraphs, trailers. Always a valid Conventional Commit. */
export function composeCommitMessage(ask: CommitAsk): string {
  const title = plain(ask.task.title)
  const type = decideCommitType(title, ask.changes)
  const head = headerOf(type, decideScope(ask.changes), title, ask.task.shortId)
  const full = withoutPrefix(title)
  const paragraphs = [head.cut ? wrap(full) : '', ask.note ? wrap(plain(ask.note)) : ''].filter(Boolean)
  return [head.text, ...paragraphs, trailersOf(ask).join('\n')].join('\n\n')
}

/** CHANGE-3: a message somebody else wrote (a model, a person) with its own trailers taken off and the product's put in their place. */
export function withTrailers(message: string, ask: CommitAsk): string {
  const paragraphs = message
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map(plain)
        .filter(Boolean)
        .filter((line) => !TRAILER.test(line))
        .join('\n'),
    )
    .filter(Boolean)
  return [...paragraphs, trailersOf(ask).join('\n')].join('\n\n')
}

/** CHANGE-4: the line of history a direct merge leaves. */
export function composeMergeMessage(given: {
  message: string
  branch: string
  targetBranch: string
  mergedBy: { name: string; email: string | null }
}): string {
  const [first = '', ...rest] = given.message.replace(/\r\n?/g, '\n').split('\n')
  const title = plain(first) || `merge ${given.branch} into ${given.targetBranch}`
  const offered = readCommitMessage(title)
  const scope = offered?.scope && SCOPE.test(offered.scope) ? offered.scope : null
  const header = headerOf(offered?.type ?? 'chore', scope, title, '').text
  const body = rest
    .map(plain)
    .filter((line) => line && !TRAILER.test(line))
    .map(wrap)
    .join('\n')
  return [header, body, personTrailer('Co-authored-by', given.mergedBy)].filter(Boolean).join('\n\n')
}

const HEADER = /^(?<type>[a-z]+)(?:\((?<scope>[^()\r\n]+)\))?(?<bang>!)?: (?<subject>\S.*)$/u
const SCOPE = /^[a-z][a-z0-9-]{0,23}$/
const TRAILER = /^(?:[A-Za-z][A-Za-z0-9-]*-[A-Za-z0-9-]*|signed-off-by|cc)\s*:\s/i

/** What stands in a Conventional Commit; undefined when the header is none. */
export type ReadCommit = { type: CommitType; scope: string | null; breaking: boolean; subject: string }

/** CHANGE-5: type, scope and breaking mark of a message, as the history lists them. */
export function readCommitMessage(message: string): ReadCommit | undefined {
  const found = HEADER.exec(message.split('\n')[0] ?? '')?.groups
  const type = COMMIT_TYPES.find((known) => known === found?.type)
  if (!found || !type) return undefined
  const breaking = found.bang === '!' || /^BREAKING[ -]CHANGE: \S/m.test(message)
  return { type, scope: found.scope ?? null, breaking, subject: found.subject ?? '' }
}

const KIND_OF_FILE: readonly (readonly [CommitType, RegExp])[] = [
  ['docs', /(^|\/)docs\/|\.(md|mdx|rst|adoc|txt)$|(^|\/)(readme|changelog|license)[^/]*$/i],
  ['test', /(^|\/)(tests?|__tests__|spec|e2e)\/|[._-](test|spec)\.[a-z]+$/i],
  ['ci', /^(\.github\/workflows|\.gitlab-ci|\.circleci|\.ci)(\/|\.|$)/i],
  [
    'build',
    /(^|\/)(package(-lock)?\.json|pnpm-lock\.yaml|yarn\.lock|cargo\.(toml|lock)|go\.(mod|sum)|dockerfile|makefile|tsconfig[^/]*\.json|vite\.config\.[a-z]+)$/i,
  ],
]

const KIND_OF_WORDS: readonly (readonly [CommitType, RegExp])[] = [
  ['revert', /^revert\b/i],
  ['fix', /\b(fix(es|ed)?|bugs?|repair|crash(es)?|broken|regression|wrong)\b/i],
  ['perf', /\b(perf|performance|speed up|faster|slow)\b/i],
  ['refactor', /\b(refactor|restructure|clean ?up|rename|simplify|extract)\b/i],
]

/** CHANGE-6: a title that names a type decides; else files that are all of one kind; else the title's words; else `feat`. */
export function decideCommitType(title: string, changes: readonly FileChange[]): CommitType {
  const named = readCommitMessage(plain(title))
  if (named) return named.type
  const kinds = new Set(changes.map(({ path }) => KIND_OF_FILE.find(([, pattern]) => pattern.test(path))?.[0]))
  const [only] = kinds
  if (kinds.size === 1 && only) return only
  return KIND_OF_WORDS.find(([, pattern]) => pattern.test(title))?.[0] ?? 'feat'
}

/** CHANGE-7: the scope is the one top folder every change lies in, where its name can be a scope. */
export function decideScope(changes: readonly FileChange[]): string | null {
  const tops = new Set(changes.map(({ path }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')))
  const [only] = tops
  return tops.size === 1 && only && SCOPE.test(only) ? only : null
}

const VERB: Partial<Record<CommitType, string>> = { feat: 'add', fix: 'repair', docs: 'describe', test: 'test', refactor: 'rework' }

/** CHANGE-8: a subject starts with a lower-case letter (or one of a script without cases) and ends without a full stop. */
function headerOf(type: CommitType, scope: string | null, title: string, shortId: string): { text: string; cut: boolean } {
  const named = readCommitMessage(title)
  const mark = named?.breaking ? '!' : ''
  const place = scope && scope !== type ? `(${scope})` : ''
  const lead = `${type}${place}${mark}: `
  const bare = withoutPrefix(title).replace(/[\s.]+$/u, '') || `work on ${plain(shortId) || 'the card'}`
  const subject = startLow(bare, VERB[type] ?? 'update')
  const room = MAX_LINE - lead.length
  if (length(subject) <= room && subject.length <= room) return { text: lead + subject, cut: false }
  return { text: `${lead}${cutAt(subject, room - 1).replace(/[\s.]+$/u, '')}…`, cut: true }
}

function startLow(subject: string, verb: string): string {
  const [first = ''] = subject
  if (!/[\p{Ll}\p{Lu}\p{Lt}]/u.test(first)) return subject
  const word = /^\p{L}+/u.exec(subject)?.[0] ?? ''
  const rest = word.slice(first.length)
  const low = first.toLowerCase()
  // An acronym or a name in capitals stays as it is, behind a verb; an ordinary first word is written small.
  const ordinary = low === first || (rest !== '' && rest === rest.toLowerCase())
  const isLow = low.length === 1 && /\p{Ll}/u.test(low) && low.toUpperCase() !== low
  return ordinary && isLow ? low + subject.slice(first.length) : `${verb} ${subject}`
}

const withoutPrefix = (title: string): string => readCommitMessage(title)?.subject ?? title

/** The trailers of a turn's commit; each is one line whatever people are called. */
function trailersOf(ask: CommitAsk): string[] {
  return [
    `Slipway-Task: ${token(ask.task.shortId)}`,
    ...(ask.promptId ? [`Slipway-Prompt: ${token(ask.promptId)}`] : []),
    `Slipway-Turn: ${token(ask.turnId)}`,
    personTrailer('Co-authored-by', ask.startedBy),
  ]
}

/** CHANGE-9: a person in a trailer: no angle brackets, no line ends; without an address, one that is plainly local. */
export function personTrailer(key: string, person: { name: string; email: string | null }): string {
  const name =
    cutAt(
      plain(person.name)
        .replace(/[<>"\\]/g, '')
        .trim(),
      40,
    ).trim() || 'Somebody'
  const local =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '.')
      .replace(/^\.+|\.+$/g, '') || 'person'
  const email =
    person.email !== null && /^[^\s<>@"\p{C}]{1,64}@[^\s<>@"\p{C}]{1,253}$/u.test(person.email) ? person.email : `${local}@slipway.local`
  const line = `${key}: ${name} <${email}>`
  return line.length <= MAX_LINE ? line : `${key}: ${name} <person@slipway.local>`
}

const token = (text: string): string =>
  plain(text)
    .replace(/[^\p{L}\p{N}._/-]+/gu, '-')
    .slice(0, 60) || 'none'

/** One line of visible text: no control characters, no line ends, nothing that turns the reading direction round. */
export function plain(text: string): string {
  return text
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replace(/\p{Cs}/gu, '�')
    .trim()
}

const length = (text: string): number => [...text].length

function cutAt(text: string, limit: number): string {
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > limit) break
    kept += character
  }
  return kept
}

/** Breaks at spaces, and inside a word only where the word alone is too long. A line never starts like a trailer or a note. */
function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap(pieces)) {
    if (line && line.length + 1 + word.length > MAX_LINE - 4) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  if (line) lines.push(line)
  return lines.map((each) => (/^(BREAKING[ -]CHANGE|[A-Za-z-]+)(:| #)/.test(each) ? `– ${each}` : each)).join('\n')
}

function pieces(word: string): string[] {
  const parts: string[] = []
  let rest = word
  while (rest.length > MAX_LINE - 6) {
    const part = cutAt(rest, MAX_LINE - 6)
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return [...parts, rest]
}
