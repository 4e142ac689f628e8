import type { Collection } from './collection.ts'
import type { Edit } from './lost-values.ts'
import type { RoomName } from './rooms.ts'

/** What became of a field. `used`: lost values that came into use by it. */
export type FieldChange = { before: unknown; after: unknown; used?: readonly Edit[] }

/** What a command did to one row: enough to say it in words, and to take it back. */
export type RowChange =
  | { kind: 'created'; collection: Collection; id: string }
  /** `values` is all the row held. */
  | { kind: 'removed'; collection: Collection; id: string; values: Readonly<Record<string, unknown>> }
  | { kind: 'changed'; collection: Collection; id: string; fields: Readonly<Record<string, FieldChange>> }

/** What a command did in one room, in order. */
export type RoomChanges = { room: RoomName; changes: readonly RowChange[] }
