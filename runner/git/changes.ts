import type { FileChange } from '#domain/attempts/file-change.ts'
import type { TouchedPath } from '#domain/changes/forbidden.ts'
import type { Git } from './git.ts'

const PLAIN_DIFF = ['--no-ext-diff', '--no-textconv', '--no-color', '--find-renames', '--src-prefix=a/', '--dst-prefix=b/'] as const

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

/** Every path between a commit and a tree, with old names and where links point: what forbidden paths are judged by. */
export async function touchedBetween(git: Git, from: string, to: string): Promise<TouchedPath[]> {
  const parts = (await git('diff', ...PLAIN_DIFF, '--raw', '-z', '--no-abbrev', '--end-of-options', from, to, '--')).split('\0')
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

/** The whole change as text, as a person reviews it. */
export async function patchBetween(git: Git, from: string, to: string): Promise<string> {
  return git('diff', ...PLAIN_DIFF, '--full-index', '--end-of-options', from, to, '--')
}

const count = (text: string | undefined): number | null => (text === undefined || text === '-' ? null : Number(text))

function splitTwice(text: string): [string | undefined, string | undefined, string | undefined] {
  const first = text.indexOf('\t')
  const second = text.indexOf('\t', first + 1)
  return first < 0 || second < 0
    ? [undefined, undefined, undefined]
    : [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)]
}
