import { IdbLogStore } from '#app/replica/leader/idb-log-store.ts'
import { SyncConnection } from '#app/replica/leader/sync-connection.ts'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import { TabRooms } from '#app/replica/tab/tab-rooms.ts'
import { TablesLine } from '#app/replica/tables/tables-line.ts'
import { Journal } from '#server/journal/journal.ts'
import { Connection } from '#server/rooms/connection.ts'
import { Room } from '#server/rooms/room.ts'
import type { Plant } from './house.ts'

type Methods<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T]

/** Puts another method in the place of one, for as long as a schedule runs. */
function replace<T extends object, K extends Methods<T>>(of: T, name: K, by: (real: T[K]) => T[K]): Plant {
  return () => {
    const real = of[name]
    of[name] = by(real)
    return () => {
      of[name] = real
    }
  }
}

const SYNC = 0
const STEP_2 = 1
/** How often the provider looks whether its socket is still alive. */
const LOOKS_MS = 3_000

/** Bugs others have shipped, put into this house from outside. The simulator must find each. */
export const PLANTED_BUGS: Readonly<Record<string, Plant>> = {
  'the server acknowledges before the commit': replace(
    Journal.prototype,
    'add',
    (real) =>
      function (entry, stored, failed) {
        stored(1)
        real.call(this, entry, () => undefined, failed)
      },
  ),
  'a reconnecting client is told that what waits for the disk is stored': replace(
    Room.prototype,
    'join',
    (real) =>
      function (connection) {
        const { durable } = this
        Object.assign(this, { durable: this.vector })
        real.call(this, connection)
        Object.assign(this, { durable })
      },
  ),
  'the log is not awaited before a change counts as kept': replace(UpdateLog.prototype, 'durable', () => async () => undefined),
  'a transaction counts as complete when it has begun': replace(
    IdbLogStore.prototype,
    'commit',
    (real) =>
      async function (batch) {
        void real.call(this, batch).catch(() => undefined)
      },
  ),
  'being sent counts as being on the server': replace(
    UpdateLog.prototype,
    'append',
    (real) =>
      function (room, bytes, touched) {
        const n = real.call(this, room, bytes, touched)
        if (touched) this.confirm(room, n)
        return n
      },
  ),
  'what was unsent is not sent after a reconnect': () => {
    const { send } = WebSocket.prototype
    WebSocket.prototype.send = function (data) {
      const [kind, step] = data as Uint8Array
      if (kind !== SYNC || step !== STEP_2) send.call(this, data)
    }
    return () => undefined
  },
  'a half-open connection is never noticed': () => {
    const real = globalThis.setInterval
    globalThis.setInterval = ((act: () => void, ms: number) => real(ms === LOOKS_MS ? () => undefined : act, ms)) as typeof setInterval
    return () => {
      globalThis.setInterval = real
    }
  },
  'the next leader is not told what the tabs look at': replace(TabRooms.prototype, 'subscribeAgain', () => () => undefined),
  'what changed nothing is never asked about': replace(SyncConnection.prototype, 'carriedNothing', () => () => undefined),
  'the server counts a frame twice': replace(
    Connection.prototype,
    'receive',
    (real) =>
      function () {
        real.call(this)
        return real.call(this)
      },
  ),
  'compaction deletes what came meanwhile': (house) => {
    house.postgres.reword = (request) => {
      const at = request.indexOf('seq = any($2::bigint[])')
      if (at < 0 || !request.includes('delete from journal_updates')) return request
      const reworded = Buffer.from(request)
      reworded.write('  0 <>any', at, 'latin1')
      return reworded
    }
    return () => undefined
  },
  'the projection skips deletions': replace(
    TablesLine.prototype,
    'write',
    (real) =>
      function (statements, positions) {
        return real.call(
          this,
          statements.filter(({ sql }) => !sql.startsWith('delete')),
          positions,
        )
      },
  ),
}
