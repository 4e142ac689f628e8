import type { RoomName } from '#domain/core/rooms.ts'
import type { Statement } from '#domain/projection/project.ts'

/** Every message between the leader and the worker that has the database. */

/** Where the database lies and what it is made from. */
export type Wanted = {
  database: string
  /** The version part of the database directory's name. */
  version: string
  /** The address of the prebuilt data directory. */
  prebuilt: string
  /** Makes the tables that are missing. */
  ddl: string
}

/** How far a room's log is in the tables. */
export type Position = readonly [room: RoomName, n: number]

export type AskTables =
  | { kind: 'open'; wanted: Wanted }
  | { kind: 'write'; statements: readonly Statement[]; positions: readonly Position[] }
  | { kind: 'read'; sql: string; parameters: readonly unknown[] }

/** What is answered, by the kind asked. `read`: a JSON array as text, which crosses between threads faster than objects. */
export type ToldByTables = { open: readonly Position[]; write: null; read: string }

export type ToTables = { id: number; ask: AskTables }
export type FromTables = { id: number; told: ToldByTables[keyof ToldByTables] } | { id: number; error: string }
