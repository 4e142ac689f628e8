import { lstat, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { isForbidden } from '#domain/changes/forbidden.ts'

/** A path an agent named, judged: where it lies, or why it may not be used. */
export type JudgedPath = { ok: true; path: string; full: string } | { ok: false; why: string }

/**
 * HANDS-1: a path of an agent's is relative, stays inside, never is or passes through a link, and is no part of git's own
 * folder. Agents' commands have ended before a file tool runs, so nothing can swap a folder for a link in between.
 */
export async function judgePath(root: string, given: string): Promise<JudgedPath> {
  const path = given.replace(/^\.\/+/, '').replace(/\/+$/, '')
  if (/\p{C}/u.test(given) || given.includes('\\')) return { ok: false, why: 'the path holds characters that are not allowed' }
  if (given.startsWith('/') || given.startsWith('~')) return { ok: false, why: 'the path must be relative to the repository' }
  const parts = path === '' || path === '.' ? [] : path.split('/')
  if (parts.includes('..')) return { ok: false, why: 'the path leaves the repository' }
  if (parts.some((part) => part === '' || part === '.')) return { ok: false, why: 'the path is not written plainly' }
  if (isForbidden(path, [])) return { ok: false, why: "git's own folder is out of bounds" }
  let at = root
  for (const part of parts) {
    at = join(at, part)
    const found = await lstat(at).catch(() => undefined)
    if (!found) break
    if (found.isSymbolicLink()) return { ok: false, why: 'the path goes through a symbolic link' }
    if (!found.isDirectory() && !found.isFile()) return { ok: false, why: 'that is neither a file nor a folder' }
  }
  const top = await realpath(root)
  return { ok: true, path: parts.join('/'), full: join(top, ...parts) }
}
