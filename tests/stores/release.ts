import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KeptAnswer, KeptRows } from '#app/replica/kept-answer.ts'
import type { LogRow, RoomEntry } from '#app/replica/leader/log-store.ts'
import type { Queued } from '#app/replica/leader/outbox.ts'
import type { Waiting } from '#app/replica/protocol.ts'
import type { RoomName } from '#domain/core/rooms.ts'

/** What a release's stores are, as files in a folder named after it. Bytes are base64 in the browser's, and as PostgreSQL writes them in the server's. */
export type Server = { migrations: string[]; tables: Record<string, Record<string, unknown>[]> }
export type BrowserStore = {
  version: number
  database: string
  stores: { name: string; keyPath: string; indexes: { name: string; keyPath: string; multiEntry: boolean }[] }[]
  rows: { log: LogRow[]; waiting: Waiting[]; rooms: RoomEntry[]; outbox: Queued[]; answers: (KeptAnswer | KeptRows)[] }
}
export type Tables = { name: string; ddl: string }
/** What must be seen of it, by room and collection. */
export type Rows = Record<RoomName, Record<string, Record<string, unknown>[]>>

export const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** The releases that left their stores here. */
export const releases = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    .sort()

export const pathOf = (release: string, file: string): string => join(FOLDER, release, file)

/** Reads one of its files. */
export const read = <T>(release: string, file: string): T =>
  JSON.parse(readFileSync(pathOf(release, file), 'utf8'), (_key, value: unknown) => (isBytes(value) ? bytesOf(value) : value)) as T

/** Writes a release's files; one that is there already is never changed. */
export function write(release: string, files: Readonly<Record<string, unknown>>): void {
  const folder = join(FOLDER, release)
  if (existsSync(folder))
    throw new Error(`The stores of ${release} are there, and a release's stores are never changed. Raise the version first.`)
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content instanceof Uint8Array ? content : `${JSON.stringify(content, asText, 1)}\n`)
  }
}

type Bytes = { base64: string }
const isBytes = (value: unknown): value is Bytes => typeof value === 'object' && value !== null && Object.keys(value).join() === 'base64'
const bytesOf = ({ base64 }: Bytes): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

function asText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value
}
