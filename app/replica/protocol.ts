import type { Answer } from '#domain/core/refusal.ts'
import type { RoomName } from '#domain/core/rooms.ts'
import type { UnsentChange } from '#domain/core/unsent-file.ts'
import type { OutboxItem } from './shown.ts'

/** Every message between tabs and the leader, as closed unions. */

/** A row a change touched: collection and id. */
export type RowRef = readonly [collection: string, id: string]

/** The rows that changed in the tables, by table; `all` where it is not known which. */
export type Changed = Record<string, readonly string[] | 'all'>

/** One local change that the server has not acknowledged: its place in the log, its room, the rows it touched. */
export type Waiting = { n: number; room: RoomName; touched: readonly RowRef[] }

/** What the leader knows of disk and network. */
export type LeaderStatus = {
  /**
   * `memory`: the browser keeps nothing, nothing survives closing it. `newer`: what it keeps is a newer version's, nothing is read or
   * written there. `failing`: the disk refuses writes at the moment.
   */
  storage: 'kept' | 'memory' | 'newer' | 'failing'
  /** Why the disk refuses, in words that can follow "because". */
  refusal: string
  /** What was kept here was thrown away since the last start, or under a running page: so many changes that the server had not acknowledged went with it. Null: nothing was. */
  thrownAway: number | null
  connection: 'online' | 'offline' | 'refused'
  /** Until the first attempt to connect has ended one way or the other. */
  starting: boolean
  /** Why, when it is refused; a sentence. */
  reason: string
  /** Why the server, though online, can store nothing at the moment, and what helps; empty: it can. */
  trouble: string
  /** So many bytes are on their way from the server, for longer than a moment. */
  coming: number
  /** The state of each open room. */
  rooms: Record<RoomName, 'offline' | 'online' | 'refused'>
}

/** Before anything is known. */
export const STARTING: LeaderStatus = {
  storage: 'kept',
  refusal: '',
  thrownAway: null,
  connection: 'offline',
  starting: true,
  reason: '',
  trouble: '',
  coming: 0,
  rooms: {},
}

/** On the public channel: the leader to every tab, and a tab to whoever leads. */
export type Public =
  | { kind: 'who' }
  | { kind: 'hello'; tab: string }
  /** `store`: the version of what it keeps; `version` names what it speaks and shows. These two messages, `hello` and `update` stay as they are for good. */
  | { kind: 'leader'; leader: string; store: number; version: string }
  /** The last word of one that stood still and leads no more: whatever it said since it woke does not count, and another is to be looked for. */
  | { kind: 'deposed' }
  | { kind: 'projected'; at: number; changed: Changed }
  | { kind: 'waiting'; added: readonly Waiting[]; gone: readonly number[] }
  | { kind: 'status'; status: LeaderStatus }
  | { kind: 'outbox'; items: readonly OutboxItem[] }
  | { kind: 'answered'; id: string; answer: Answer<unknown> }
  | { kind: 'notice'; sentence: string }
  /** The room's document was given up: load it anew. */
  | { kind: 'reload'; room: RoomName }

/** What a tab asks of the leader; each is answered, and asked again of the next leader if this one dies. */
export type Ask =
  | { kind: 'greet' }
  | { kind: 'open'; room: RoomName }
  | { kind: 'close'; room: RoomName }
  /** `epoch` is the room's as it was opened: what was written on a document since given up is not taken. `isPainted`: it is told when its picture is there. */
  | { kind: 'update'; room: RoomName; epoch: string; bytes: Uint8Array; touched: readonly RowRef[]; isPainted: boolean }
  | { kind: 'query'; sql: string; parameters: readonly unknown[]; whole?: Whole }
  | { kind: 'enqueue'; item: Consequence }
  | { kind: 'dismiss'; id: string }
  | { kind: 'connect' }
  /** What the server has not acknowledged, to be carried away. */
  | { kind: 'unsent' }
  /** Changes that were carried here. */
  | { kind: 'bring-back'; changes: readonly UnsentChange[] }

/** Said of a query that asks for all its rows, so that it can be answered before the tables are open. */
export type Whole = {
  /** The tables whose changes make the answer stale. */
  reads: readonly string[]
  list?: AskedList
  /** An early answer will not do: only the tables'. */
  fresh: boolean
  /** The kept answer that the page draws already; where it still holds, it need not come again. */
  kept?: Kept
}

/** Which kept answer: when it was kept, and the log position it stood at. */
export type Kept = { keptAt: number; at: number }

/** A list query as it crosses between threads. */
export type AskedList = { collection: string; select: readonly string[]; where: Readonly<Record<string, string | number | boolean | null>> }

/** A call with consequences: its id is its idempotency key, its rooms must be on the server first. */
export type Consequence = { id: string; procedure: string; input: unknown; rooms: readonly RoomName[] }

/** What the leader answers, by the kind asked. */
export type Told = {
  greet: { at: number; waiting: readonly Waiting[]; status: LeaderStatus; outbox: readonly OutboxItem[] }
  open: { updates: readonly Uint8Array[]; epoch: string }
  close: null
  /** Null: the document was given up, and the change with it. */
  update: { n: number | null }
  /** `rows` is a JSON array: one string crosses between threads faster than ten thousand objects. `isEarly`: the tables are not open yet; ask again. `isSame`: the kept answer holds. */
  query: { at: number; rows: string; isEarly?: true } | { at: number; isSame: true } | { error: string }
  enqueue: null
  dismiss: null
  connect: null
  unsent: readonly UnsentChange[]
  /** On this device now, as if they had been made here. */
  'bring-back': null
}

/** On a tab's private channel, towards the leader. */
export type FromTab = { kind: 'ask'; id: number; ask: Ask } | { kind: 'awareness'; room: RoomName; update: Uint8Array }

/** On a tab's private channel, towards the tab. */
export type ToTab =
  | { kind: 'welcome'; leader: string }
  | { kind: 'told'; id: number; told: Told[keyof Told] }
  | { kind: 'update'; room: RoomName; n: number; bytes: Uint8Array }
  | { kind: 'awareness'; room: RoomName; update: Uint8Array }
  | { kind: 'awareness-please'; room: RoomName }

/** What a tab tells its worker: how to lead when its turn comes, and to take that turn now. */
export type ToWorker = { kind: 'start'; setup: LeaderSetup } | { kind: 'take-over' }
/** What a worker tells its tab: another one leads in its place, and it has ended. */
export type FromWorker = { kind: 'robbed' }

/** What a worker is told when it starts. */
export type LeaderSetup = {
  database: string
  /** Whose pictures are waited for. */
  memberId: string
  /** The server's address for sockets, such as `ws://localhost:4600/sync`. */
  sockets: string
  /** The address of tRPC. */
  api: string
  /** Where the prebuilt data directory lies. */
  prebuilt: string
  /** The version part of the database directory's name. */
  version: string
  /** What this browser is known to have kept: so many changes that the server had not acknowledged; null: nothing is known of it. */
  marked: number | null
}

export const publicChannel = (database: string): string => `slipway:${database}`
export const tabChannel = (database: string, tab: string): string => `slipway:${database}:tab-${tab}`
export const leaderLock = (database: string): string => `slipway-leader:${database}`
export const tabLock = (tab: string): string => `slipway-tab-${tab}`
