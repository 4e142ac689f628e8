import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What tells a data folder from those of other servers, on whatever machine; made when it is asked for the first time. */
export async function folderId(data: string): Promise<string> {
  const file = path.join(data, 'folder.id')
  const known = (await readFile(file, 'utf8').catch(() => '')).trim()
  if (known) return known
  const made = randomUUID()
  await writeFile(file, `${made}\n`, { mode: 0o600 })
  return made
}
