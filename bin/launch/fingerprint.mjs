import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** One hash over the names and contents of all files in `sources`, tests and what is `made` there left out. */
export function fingerprint(root, sources, made = []) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(root, join(root, source), made))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(root, path, made) {
  if (made.includes(relative(root, path).replaceAll('\\', '/')) || !existsSync(path)) return []
  const entries = tryReadFolder(path)
  if (!entries) return /\.test\.tsx?$/.test(path) ? [] : [path]
  return entries.sort().flatMap((name) => filesBelow(root, join(path, name), made))
}

function tryReadFolder(path) {
  try {
    return readdirSync(path)
  } catch {
    return undefined
  }
}
