/** One path of a change as git's raw list has it: its old name where it was renamed, and where it points when it is a link. */
export type TouchedPath = { path: string; from: string | null; linkTarget: string | null; gitlink: boolean }

/** Always out of bounds, whatever a project says. */
const ALWAYS = ['.git']

/**
 * CHANGE-10: the first touched path that may not be changed, with the reason in words; undefined when all may.
 * Judged by old name, new name and, for a link, by where it points; letter case, dots and invisible characters don't matter.
 */
export function findForbidden(touched: readonly TouchedPath[], forbidden: readonly string[]): { path: string; why: string } | undefined {
  const tests = [...ALWAYS, ...forbidden].filter((pattern) => pattern.trim() !== '').map((pattern) => ({ pattern, test: matcher(pattern) }))
  for (const { path, from, linkTarget, gitlink } of touched) {
    if (gitlink) return { path, why: 'it is a git repository of its own inside this one' }
    for (const { pattern, test } of tests) {
      if (test(folded(path))) return { path, why: `it falls under the forbidden path ${pattern}` }
      if (from !== null && test(folded(from)))
        return { path: from, why: `it falls under the forbidden path ${pattern} and was moved to ${path}` }
      if (linkTarget !== null && test(folded(pointedAt(path, linkTarget))))
        return { path, why: `it is a link to the forbidden path ${pattern}` }
    }
    if (linkTarget !== null && leaves(path, linkTarget)) return { path, why: `it is a link to ${linkTarget}, outside the repository` }
  }
  return undefined
}

/** True when a path may be touched by nobody but people: asked before a file tool writes. */
export const isForbidden = (path: string, forbidden: readonly string[]): boolean =>
  findForbidden([{ path, from: null, linkTarget: null, gitlink: false }], forbidden) !== undefined

/** Letter case, composed or not, trailing dots and spaces, characters one cannot see: all the same file on some disk. */
function folded(path: string): string {
  return path
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .toLowerCase()
    .split('/')
    .map((part) => (part === '..' || part === '.' ? part : part.replace(/[. ]+$/g, '').replace(/^git~\d+$/, '.git')))
    .join('/')
}

function matcher(pattern: string): (path: string) => boolean {
  const text = folded(
    pattern
      .trim()
      .replace(/^\.?\/+/, '')
      .replace(/\/+$/, ''),
  )
  const anywhere = !text.includes('/')
  const source = text
    .split('/')
    .map((part) =>
      part === '**'
        ? '.*'
        : part
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replace(/\*+/g, '[^/]*')
            .replace(/\?/g, '[^/]'),
    )
    .join('/')
    .replace(/\.\*\//g, '(?:.*/)?')
  const expression = new RegExp(`^${anywhere ? '(?:.*/)?' : ''}${source}(?:/.*)?$`, 'u')
  return (path) => expression.test(path)
}

function pointedAt(path: string, target: string): string {
  const parts = target.startsWith('/') ? [] : path.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function leaves(path: string, target: string): boolean {
  if (target.startsWith('/')) return true
  let depth = path.split('/').length - 1
  for (const part of target.split('/')) {
    if (part === '..') depth--
    else if (part !== '.' && part !== '') depth++
    if (depth < 0) return true
  }
  return false
}
