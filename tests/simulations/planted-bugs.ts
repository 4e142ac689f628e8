import { IdbLogStore } from '#app/replica/leader/idb-log-store.ts'
import { KeptAnswers } from '#app/replica/leader/kept-answers.ts'
import { LOOKS_MS, SyncConnection } from '#app/replica/leader/sync-connection.ts'
import { UpdateLog } from '#app/replica/leader/update-log.ts'
import { TabRooms } from '#app/replica/tab/tab-rooms.ts'
import { TablesLine } from '#app/replica/tables/tables-line.ts'
import { Membership } from '#server/instances/membership.ts'
import { Journal } from '#server/journal/journal.ts'
import { Connection } from '#server/rooms/connection.ts'
import { Room } from '#server/rooms/room.ts'
import { Rooms } from '#server/rooms/rooms.ts'
import { StateVector } from '#server/rooms/state-vector.ts'
import { readUpdateShape } from '#server/rooms/update-frame.ts'
import { LONG, type Plant, type Schedule } from './house.ts'
import { askedWhileBehind } from './kept-schedules.ts'

/** A bug, in words. `shownBy`: which schedule of the tests' seed showed it last, or one or some made for it because it is shown seldom. */
export type Planted = { words: string; shownBy: number | Schedule | Schedule[]; plant: Plant }

type Methods<T> = { [K in keyof T]: T[K] extends (...args: never[]) => unknown ? K : never }[keyof T]
type MethodOf<T, F> = F extends (...args: infer A) => infer R ? (this: T, ...args: A) => R : never

/** Puts another method in the place of one, for as long as a schedule runs. */
function replace<T extends object, K extends Methods<T>>(of: T, name: K, by: (real: MethodOf<T, T[K]>) => MethodOf<T, T[K]>): Plant {
  return () => {
    const real = of[name]
    of[name] = by(real as MethodOf<T, T[K]>) as T[K]
    return () => {
      of[name] = real
    }
  }
}

const SYNC = 0
const STEP_2 = 1
/** How often the provider looks whether its socket is still alive; so does the house, more often. */
const PROVIDER_LOOKS_MS = 3_000

/** Bugs others have shipped, put into this house from outside. The simulator must find each. */
export const PLANTED_BUGS: readonly Planted[] = [
  {
    words: 'the server acknowledges before the commit',
    shownBy: 4,
    plant: replace(
      Journal.prototype,
      'add',
      (real) =>
        function (entry, stored, failed) {
          stored(1)
          real.call(this, entry, () => undefined, failed)
        },
    ),
  },
  {
    words: 'a reconnecting client is told that what waits for the disk is stored',
    // The disk is full for ten seconds; after the first edit every connection breaks.
    shownBy: {
      seed: 1,
      size: 1,
      steps: [
        [97, 0, 4, 1000, 0],
        [14, 0, 14, 0, 0],
        [66, 0, 100, 0, 0],
        [84, 0, 0, 0, 0],
        [84, 0, 1, 0, 0],
        [84, 0, 2, 0, 0],
        [84, 0, 3, 0, 0],
        [66, 0, 999, 0, 0],
        [66, 0, 999, 0, 0],
        [66, 0, 999, 0, 0],
      ],
    },
    plant: replace(
      Room.prototype,
      'join',
      (real) =>
        function (connection) {
          const { stored } = this
          const taken = new StateVector()
          for (const { bytes } of this.parts()) taken.add(readUpdateShape(bytes).ranges)
          Object.assign(this, { stored: taken })
          real.call(this, connection)
          Object.assign(this, { stored })
        },
    ),
  },
  {
    words: 'the log is not awaited before a change counts as kept',
    shownBy: 6,
    plant: replace(UpdateLog.prototype, 'durable', () => async () => undefined),
  },
  {
    words: 'a transaction counts as complete when it has begun',
    shownBy: 6,
    plant: replace(
      IdbLogStore.prototype,
      'commit',
      (real) =>
        async function (batch) {
          void real.call(this, batch).catch(() => undefined)
        },
    ),
  },
  {
    words: 'being sent counts as being on the server',
    shownBy: 0,
    plant: replace(
      UpdateLog.prototype,
      'append',
      (real) =>
        function (room, bytes, touched) {
          const n = real.call(this, room, bytes, touched)
          if (touched) this.confirm(room, n)
          return n
        },
    ),
  },
  {
    words: 'what was unsent is not sent after a reconnect',
    shownBy: 3,
    plant: () => {
      const { send } = WebSocket.prototype
      WebSocket.prototype.send = function (data) {
        const [kind, step] = data as Uint8Array
        if (kind !== SYNC || step !== STEP_2) send.call(this, data)
      }
      return () => undefined
    },
  },
  {
    words: 'a half-open connection is never noticed',
    // The lines of one browser fall silent; the other makes a card.
    shownBy: {
      seed: 1,
      size: 2,
      steps: [[66, 0, 999, 0, 0], ...[0, 1, 2].map((line) => [87, 0, line, 0, 0] as const), [0, 1, 0, 1, 0], [66, 0, 999, 0, 0]],
    },
    plant: () => {
      const real = globalThis.setInterval
      globalThis.setInterval = ((act: () => void, ms: number) =>
        real(ms === LOOKS_MS || ms === PROVIDER_LOOKS_MS ? () => undefined : act, ms)) as typeof setInterval
      return () => {
        globalThis.setInterval = real
      }
    },
  },
  {
    words: 'a browser waits out its pauses when the server can be reached again',
    // All are cut off for five minutes.
    shownBy: {
      seed: 1,
      size: 3,
      within: 5,
      steps: [...[0, 1, 2].map((browser) => [80, browser, 0, 0, 0] as const), [LONG.pass, 0, 5, 0, 0]],
    },
    plant: replace(SyncConnection.prototype, 'tryNow', () => () => undefined),
  },
  {
    words: 'the next leader is not told what the tabs look at',
    shownBy: 30,
    plant: replace(TabRooms.prototype, 'subscribeAgain', () => () => undefined),
  },
  {
    words: 'what changed nothing is never asked about',
    // A tab stands still while its leader dies, and asks the next one again when that has the change from the server.
    shownBy: {
      seed: 1,
      size: 1,
      steps: [
        [94, 0, 1, 399, 0],
        [70, 0, 0, 0, 0],
        [70, 0, 0, 0, 0],
        [66, 0, 999, 0, 0],
        [66, 0, 999, 0, 0],
        [0, 0, 0, 2, 0],
        [66, 0, 90, 0, 0],
        [67, 0, 1000, 2, 1],
        [74, 0, 0, 0, 0],
      ],
    },
    plant: replace(SyncConnection.prototype, 'carriedNothing', () => () => undefined),
  },
  {
    words: 'the server counts a frame twice',
    shownBy: 2,
    plant: replace(
      Connection.prototype,
      'receive',
      (real) =>
        function () {
          real.call(this)
          return real.call(this)
        },
    ),
  },
  {
    words: 'compaction deletes what came meanwhile',
    shownBy: 0,
    plant: (house) => {
      house.postgres.reword = (request) => {
        const at = request.indexOf('seq = any($2::bigint[])')
        if (at < 0 || !request.includes('delete from journal_updates')) return request
        const reworded = Buffer.from(request)
        reworded.write('  0 <>any', at, 'latin1')
        return reworded
      }
      return () => undefined
    },
  },
  {
    words: 'the projection skips deletions',
    shownBy: 0,
    plant: replace(
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
  },
  {
    words: 'what another server stored is not taken over',
    shownBy: 27,
    plant: replace(Rooms.prototype, 'receive', () => () => undefined),
  },
  {
    words: 'a server merges away what another has not read',
    shownBy: 23,
    plant: () => {
      const real = Object.getOwnPropertyDescriptor(Membership.prototype, 'isAlone') ?? {}
      Object.defineProperty(Membership.prototype, 'isAlone', { get: () => true, configurable: true })
      return () => void Object.defineProperty(Membership.prototype, 'isAlone', real)
    },
  },
  {
    words: 'a server that was thought gone goes on as if nothing had happened',
    // A server stands still for 40 seconds, and all but one browser are cut off; that one writes elsewhere, and what it writes is merged
    // away. Then somebody has to come back to the one that stood still: half of the seeds show it.
    shownBy: [8, 9, 10, 11].map((seed) => ({
      seed,
      size: 5,
      servers: 2,
      steps: [
        [66, 0, 999, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 1, 0, 1, 0],
        [66, 0, 500, 0, 0],
        [68, 0, 1000, 0, 0],
        ...[0, 2, 3, 4].map((browser) => [80, browser, 0, 0, 0] as const),
        ...[0, 1, 2, 3, 4, 5].flatMap((card) => [[0, 1, 0, card, 0] as const, [66, 0, 60, 0, 0] as const]),
        [99, 0, 525, 0, 0],
      ],
    })),
    plant: replace(Rooms.prototype, 'startAnew', () => () => undefined),
  },
  {
    words: 'a list that is kept for the next start counts on when its rows change',
    shownBy: 0,
    plant: replace(KeptAnswers.prototype, 'changed', () => () => undefined),
  },
  {
    words: 'a list that was read while the tables lacked an edit is kept as if it had it',
    // It takes a database that fails at that moment, which one in four of these has.
    shownBy: Array.from({ length: 20 }, (_, seed) => askedWhileBehind(seed)),
    plant: replace(
      KeptAnswers.prototype,
      'answered',
      (real) =>
        function (question, answer) {
          real.call(this, question, { ...answer, isBehind: false })
        },
    ),
  },
]
