import type { FileChange } from '#domain/attempts/file-change.ts'
import type { TouchedPath } from '#domain/changes/forbidden.ts'
import { type Git, gitAt } from './git.ts'

const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-color', '--find-renames', '--src-prefix=a/', '--dst-prefix=b/'] as const

/** What a change is judged by, told by and shown as. */
export type Change = { touched: TouchedPath[]; files: FileChange[]; patch: string }

/** The whole change between a commit and a tree, asked of git once: comparing is the dear part, not the three ways to say it. */
export async function changeBetween(git: Git, from: string, to: string): Promise<Change> {
  const ways = ['--raw', '--numstat', '--patch', '-z', '--no-abbrev', '--full-index'] as const
  const said = await git('diff', ...PLAIN_DIFF, ...ways, '--end-of-options', from, to, '--')
  const counts = endOfRaw(said)
  // An empty record ends the counts. What follows may hold anything.
  const end = said.indexOf('\0\0', counts)
  return {
    touched: await readRaw(git, said.slice(0, counts)),
    files: readNumstat(said.slice(counts, end + 1)),
    patch: said.slice(end + 2),
  }
}

/** What people can open of a change around its hunks: of files of at most so many bytes, so many letters of patch in all, and no more files than that. */
const IN_FULL = { file: 400_000, patch: 6_000_000, files: 100 } as const
/** More lines than a file of that size can have. */
const EVERY_LINE = IN_FULL.file

/**
 * CHANGE-16: the patch of the files that were there before and are there still, with all of their lines. Empty where no such file is small enough. To git a
 * big file is one without lines.
 */
export async function patchInFull(git: Git, from: string, to: string, files: number): Promise<string> {
  if (files > IN_FULL.files) return ''
  const plain = gitAt(git, { overrides: [...(git.place.overrides ?? []), ['core.bigFileThreshold', `${IN_FULL.file}`]] })
  const ways = ['--full-index', '--diff-filter=MRC', `--unified=${EVERY_LINE}`] as const
  const said = await plain('diff', ...PLAIN_DIFF, ...ways, '--end-of-options', from, to, '--')
  let whole = ''
  for (const file of said.split(/^(?=diff --git )/m)) if (/^@@ /m.test(file) && whole.length + file.length <= IN_FULL.patch) whole += file
  return whole
}

/** CHANGE-11: files with git's own counts between two commits; a binary file has none. */
export async function changesBetween(git: Git, from: string, to: string): Promise<FileChange[]> {
  return readNumstat(await git('diff', ...PLAIN_DIFF, '--numstat', '-z', '--end-of-options', from, to, '--'))
}

/** Reads `--numstat -z`: `added TAB removed TAB path NUL`, and for a rename `added TAB removed TAB NUL old NUL new NUL`. */
export function readNumstat(text: string): FileChange[] {
  const parts = text.split('\0')
  const changes: FileChange[] = []
  for (let at = 0; at < parts.length; at++) {
    const [added, removed, name] = splitTwice(parts[at] ?? '')
    if (removed === undefined || name === undefined) continue
    const path = name === '' ? parts[(at += 2)] : name
    if (path !== undefined) changes.push({ path, added: count(added), removed: count(removed) })
  }
  return changes
}

/** Every path between two commits, with old names and where links point. */
export async function touchedBetween(git: Git, from: string, to: string): Promise<TouchedPath[]> {
  return readRaw(git, await git('diff', ...PLAIN_DIFF, '--raw', '-z', '--no-abbrev', '--end-of-options', from, to, '--'))
}

/** Reads `--raw -z`: `:mode mode object object kind NUL path NUL`, and for a rename one path more. */
async function readRaw(git: Git, text: string): Promise<TouchedPath[]> {
  const parts = text.split('\0')
  const touched: TouchedPath[] = []
  for (let at = 0; at < parts.length; at++) {
    const [, mode, , object, kind] = (parts[at] ?? '').split(' ')
    if (!mode || !object || !kind) continue
    const first = parts[++at] ?? ''
    const moved = /^[RC]/.test(kind)
    const path = moved ? (parts[++at] ?? '') : first
    const linkTarget = mode === '120000' ? await git('cat-file', 'blob', object) : null
    touched.push({ path, from: moved ? first : null, linkTarget, gitlink: mode === '160000' })
  }
  return touched
}

/** Records of the first kind begin with a colon; one of a rename, whose kind has a number, has a field more. */
function endOfRaw(said: string): number {
  let at = 0
  while (said[at] === ':') {
    let fields = /\d/.test(said[said.indexOf('\0', at) - 1] ?? '') ? 3 : 2
    while (fields-- > 0) at = said.indexOf('\0', at) + 1
  }
  return at
}

const count = (text: string | undefined): number | null => (text === undefined || text === '-' ? null : Number(text))

function splitTwice(text: string): [string | undefined, string | undefined, string | undefined] {
  const first = text.indexOf('\t')
  const second = text.indexOf('\t', first + 1)
  return first < 0 || second < 0
    ? [undefined, undefined, undefined]
    : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)]
}
