import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { killTree, taggedPids } from './kill-tree.ts'

/** PROCESS-3: ends what commands of an earlier runner left running. Known by their tag, so a pid that was given away again is never hit. */
export async function reapLeftovers(notesIn: string): Promise<number> {
  let ended = 0
  for (const name of await readdir(notesIn).catch(() => [])) {
    const file = join(notesIn, name)
    const { tag } = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as { tag?: string }
    if (tag) {
      ended += (await taggedPids(tag)).length
      await killTree(undefined, tag, 1_000)
    }
    await rm(file, { force: true })
  }
  return ended
}
