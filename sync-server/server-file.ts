import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What programs of the same user may know of a running server; readable by him alone. */
export type ServerFile = { url: string; pid: number; signInToken: string; runnerToken: string; databaseUrl: string }

const placeOf = (data: string): string => path.join(data, 'server.json')

/** Writes the file whole or not at all. */
export async function writeServerFile(data: string, content: ServerFile): Promise<void> {
  const arriving = `${placeOf(data)}.${process.pid}`
  await writeFile(arriving, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  await rename(arriving, placeOf(data))
}

/** Reads it, or null where there is none. */
export async function readServerFile(data: string): Promise<ServerFile | null> {
  try {
    return JSON.parse(await readFile(placeOf(data), 'utf8')) as ServerFile
  } catch {
    return null
  }
}

/** Takes it away when the server stops. */
export async function removeServerFile(data: string): Promise<void> {
  await rm(placeOf(data), { force: true })
}
