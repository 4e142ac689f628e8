import type { BlobRegister } from '#server/blobs/blob-register.ts'
import type { Blobs } from '#server/blobs/blobs.ts'
import type { Documents } from '#server/documents/documents.ts'
import type { Gate } from '#server/gate/gate.ts'
import type { Team } from '#server/gate/team.ts'
import type { Journal } from '#server/journal/journal.ts'
import type { Log } from '#server/log.ts'
import type { Parcels } from '#server/parcels/parcels.ts'
import type { Db } from '#server/postgres/pool.ts'
import type { SyncDoor } from '#server/rooms/sync-door.ts'
import type { Bell } from '#server/turns/bell.ts'
import type { Turns } from '#server/turns/turns.ts'
import type { Vault } from '#server/vault/vault.ts'

/** What procedures work with. */
export type Parts = {
  db: Db
  journal: Journal
  documents: Documents
  gate: Gate
  door: SyncDoor
  turns: Turns
  bell: Bell
  vault: Vault
  blobs: Blobs
  register: BlobRegister
  parcels: Parcels
  team: Team
  /** The number of this server among those on its database. */
  instance: number
  version: string
  log: Log
}
