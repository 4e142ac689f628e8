import { v7 as uuid } from 'uuid'
import { type RoomName, teamRoom } from '#domain/core/rooms.ts'
import type { UnsentChange } from '#domain/core/unsent-file.ts'
import { createTables } from '#domain/projection/collections.ts'
import type { Patch, Question } from '../kept-answer.ts'
import type { Ask, AskedList, LeaderSetup, Told } from '../protocol.ts'
import { TablesLine } from '../tables/tables-line.ts'
import { Disk } from './disk.ts'
import { listFromDocument, roomOf, rowsFromDocument } from './early-list.ts'
import { FirstSync } from './first-sync.ts'
import { idbAnswerStore } from './idb-answer-store.ts'
import { IdbLogStore } from './idb-log-store.ts'
import { idbOutboxStore, memoryOutboxStore } from './idb-outbox-store.ts'
import { type Answered, KeptAnswers } from './kept-answers.ts'
import { LogMerger } from './log-merger.ts'
import { MemoryLogStore } from './log-store.ts'
import { Notices } from './notices.ts'
import { Outbox, sendByTrpc } from './outbox.ts'
import { picturesAhead, picturesOf } from './pictures-ahead.ts'
import { Projector } from './projector.ts'
import { keepRecentProjects } from './recent-projects.ts'
import { Refill } from './refill.ts'
import { RoomKeeper } from './room-keeper.ts'
import { RoomUse } from './room-use.ts'
import { RowsRead } from './rows-read.ts'
import { StatusBoard } from './status-board.ts'
import { TabHub } from './tab-hub.ts'
import { unsentIn } from './unsent.ts'
import { UpdateLog } from './update-log.ts'
import { WayToServer } from './way-to-server.ts'

/** Leads this browser's replica: owns disk and network until the worker ends. Resolves, when it leads, with what to do where another one leads instead. */
export async function lead(setup: LeaderSetup): Promise<{ giveWay: () => void }> {
  // The database is opened in its own thread while everything else begins.
  const tables = new TablesLine()
  const areOpen = tables.open({ database: setup.database, version: setup.version, prebuilt: setup.prebuilt, ddl: createTables })
  // It may fail before anybody waits for it.
  areOpen.catch(() => undefined)
  const opened = await Disk.open(setup.database)
  const disk = typeof opened === 'string' ? null : opened
  // A power cut may take rows from the log that the tables stand at: no number comes twice, or they would pass for current.
  const log = await UpdateLog.open(disk ? new IdbLogStore(disk) : new MemoryLogStore(), Date.now() * 1_000)
  const headsAtStart = new Map(log.rooms.map((room) => [room, log.head(room)]))
  const found = { storage: typeof opened === 'string' ? opened : ('kept' as const), thrownAway: disk?.wasEmpty ? setup.marked : null }
  const board = new StatusBoard(found, (status) => hub.announce({ kind: 'status', status }))
  const use = new RoomUse((room) => keeper.closeIdle(room))
  const merger = new LogMerger(log)
  const leader = uuid()
  const notices = new Notices(
    (sentence) => hub.announce({ kind: 'notice', sentence }),
    () => log.kind === 'kept',
  )

  let knowsPositions = false
  const early = new Set<Promise<unknown>>()
  const firstSync = new FirstSync()
  const rowsRead = new RowsRead()
  const answers = await KeptAnswers.open(disk && idbAnswerStore(disk), setup.version, { read: readFor, rowsNow })

  const projector: Projector = new Projector({
    docOf: (room) => keeper.docOf(room),
    last: () => log.last,
    appliedIn: (room) => keeper.appliedIn(room),
    rowsOf: (doc, collection) => rowsRead.take(doc, collection),
    durable: (n) => (log.kind === 'memory' ? Promise.resolve() : log.durable(n)),
    onProjected: (at, changed) => {
      answers.projected(changed)
      hub.announce({ kind: 'projected', at, changed })
    },
    onTrouble: () => notices.stoppedTaking(),
  })
  projector.at = log.last

  const keeper: RoomKeeper = new RoomKeeper({
    leader,
    sockets: setup.sockets,
    log,
    projector,
    // Until the tables say how far they are, they are taken to be where the log is: mostly true, and set right when they are open.
    positionOf: (room) => (knowsPositions ? tables.positions.get(room) : headsAtStart.get(room)),
    forward: (room, n, bytes) => {
      for (const tab of use.tabsIn(room)) hub.tell(tab, { kind: 'update', room, n, bytes })
      merger.soon(room)
    },
    forwardAwareness: (room, update, from) => {
      for (const tab of use.tabsIn(room)) if (tab !== from) hub.tell(tab, { kind: 'awareness', room, update })
    },
    askAwareness: (room) => {
      for (const tab of use.tabsIn(room)) hub.tell(tab, { kind: 'awareness-please', room })
    },
    onStatus: (room, status, reason, code) => {
      board.setRoom(room, status, reason)
      if (status !== 'online') firstSync.done(room)
      if (status === 'refused') notices.refused(code, reason)
      if (status === 'online') {
        way.found()
        outbox.wake()
      }
    },
    onTrouble: (room, sentence) => {
      board.setTrouble(room, sentence)
      if (sentence === '') outbox.wake()
    },
    onComing: (room, bytes) => board.setComing(room, bytes),
    onConfirmed: () => outbox.wake(),
    onRefused: (room, sentence, touched) => {
      hub.announce({ kind: 'reload', room })
      notices.rolledBack(sentence, touched)
    },
    onSynced: (room) => firstSync.done(room),
    onAhead: () => void refill.begin(),
    onSetBack: (room) => setBack(room),
    onProjects: () => openProjects(),
  })

  const way = new WayToServer({
    url: new URL('/healthz', setup.api).href,
    isLost: () => keeper.isLost,
    tryNow: (hangsAfter) => keeper.tryNow(hangsAfter),
    onFound: () => keeper.forgetFailures(),
  })

  const openProjects = keepRecentProjects({
    whenFree: () => isReady.catch(() => undefined),
    teamDoc: () => keeper.docOf(teamRoom),
    open: (room) => {
      use.keep(room)
      return keeper.open(room)
    },
  })

  const refill = new Refill({
    rooms: () => log.rooms.filter((room) => !keeper.docOf(room)),
    sync: async (room) => {
      firstSync.again(room)
      await keeper.open(room)
      await firstSync.of(room)
      use.used(room)
    },
  })

  const outbox: Outbox = await Outbox.open({
    store: disk ? idbOutboxStore(disk) : memoryOutboxStore(),
    send: sendByTrpc(setup.api),
    isWaitingIn: (room) => log.waitsIn(room),
    picturesAreThere: picturesAhead({ onTheirWay: picturesOf(setup.memberId), isOnline: () => board.status.connection === 'online' }),
    onItems: (items) => hub.announce({ kind: 'outbox', items }),
    onAnswered: (id, result) => hub.announce({ kind: 'answered', id, answer: result }),
  })

  log.onWaiting = (added, gone) => hub.announce({ kind: 'waiting', added, gone })
  log.onTrouble = (error) => {
    board.setRefusal(error ? (error.name === 'QuotaExceededError' ? 'its storage is full' : error.message) : '')
  }

  if (disk)
    disk.onEmptied = () => {
      board.setThrownAway(keeper.keepAnew())
      outbox.keepAnew()
    }

  let areCurrent = false
  const isReady = openTables()
  // Whoever asks for rows is told, by each answer.
  isReady.catch(() => undefined)
  const hub: TabHub = new TabHub(setup, leader, {
    answer,
    onAwareness: (tab, room, update) => keeper.takeAwareness(tab, room, update),
    onGone: (tab) => {
      keeper.forgetAwareness(tab)
      use.gone(tab)
    },
  })
  hub.announceLeader()
  outbox.wake()
  self.addEventListener('online', () => keeper.reconnect(true))
  self.addEventListener('offline', () => keeper.reconnect(true))

  async function openTables(): Promise<void> {
    // The server is asked while the database opens: both take their time.
    void openEarly(teamRoom)
    await areOpen
    knowsPositions = true
    answers.tablesOpened(positionFor)
    // A power cut may have taken rows from the log that the tables still show: the last the server sent need not be on the disk.
    const rooms = new Set([...headsAtStart.keys(), ...tables.positions.keys()])
    const behind = [...rooms].filter((room) => (tables.positions.get(room) ?? 0) !== (headsAtStart.get(room) ?? 0))
    await Promise.all(early)
    for (const room of behind) if (keeper.docOf(room)) projector.rebuild(room)
    projector.start(tables)
    await Promise.all(behind.map((room) => keeper.open(room)))
    if (headsAtStart.size === 0) await firstSync.of(teamRoom)
    await projector.settled()
    areCurrent = true
    rowsRead.forget()
    for (const room of keeper.openWaiting()) use.used(room)
    answers.trim()
    openProjects()
  }

  async function answer(tab: string, ask: Ask): Promise<Told[keyof Told]> {
    switch (ask.kind) {
      case 'greet':
        return { at: projector.at, waiting: [...log.waiting.values()], status: board.status, outbox: outbox.items }
      case 'open': {
        use.enter(tab, ask.room)
        const rows = await log.readKept(ask.room)
        void openAfterTables(ask.room).then(() => {
          const update = keeper.awarenessOf(ask.room)
          if (update) hub.tell(tab, { kind: 'awareness', room: ask.room, update })
        })
        return { updates: rows.map((row) => row.bytes), epoch: keeper.epochOf(ask.room) }
      }
      case 'close':
        keeper.forgetAwareness(tab, ask.room)
        use.leave(tab, ask.room)
        return null
      case 'update': {
        answers.changed(ask.touched.map(([table]) => table))
        const n = keeper.takeLocal(ask)
        if (n !== null && log.kind === 'kept') await log.durable(n)
        return { n }
      }
      case 'query':
        return query(ask)
      case 'enqueue':
        await outbox.add(ask.item)
        return null
      case 'dismiss':
        await outbox.dismiss(ask.id)
        return null
      case 'connect':
        board.forgetReason()
        notices.tryAgain()
        keeper.reconnect()
        return null
      case 'unsent':
        return unsentIn(log)
      case 'bring-back':
        await bringBack(ask.changes)
        return null
    }
  }

  async function bringBack(changes: readonly UnsentChange[]): Promise<void> {
    answers.changed(changes.flatMap(({ rows }) => rows.map(([table]) => table)))
    for (const { room, update, rows } of changes)
      keeper.takeLocal({ room, epoch: keeper.epochOf(room), bytes: update, touched: rows, isPainted: false })
    if (log.kind === 'kept') await log.durable(log.last)
  }

  async function query({ sql, parameters, whole }: Extract<Ask, { kind: 'query' }>): Promise<Told['query']> {
    const question = whole && { sql, parameters, reads: whole.reads, list: whole.list }
    if (question && !whole.fresh && !areCurrent) {
      const rows = await Promise.race([
        fromDocument(whole.list),
        isReady.then(
          () => null,
          () => null,
        ),
      ])
      if (rows !== null && !areCurrent) return { at: 0, rows, isEarly: true }
    }
    try {
      await isReady
      const { at } = projector
      if (question && whole.kept !== undefined && answers.holds(question, whole.kept)) return { at, isSame: true }
      if (!question) return { at, rows: await tables.read(sql, parameters) }
      const answer = await readFor(question)
      answers.answered(question, answer)
      return { at, rows: answer.rows }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) }
    }
  }

  async function readFor({ sql, parameters, list }: Question): Promise<Answered> {
    const { at } = projector
    const { changes } = answers
    return { at, isBehind: areBehind(list), changes, rows: await tables.read(sql, parameters) }
  }

  /** True while the log has something that the tables lack, in the room of a list or, where it may read several, in any. */
  function areBehind(list: AskedList | undefined): boolean {
    const room = list && roomOf(list)
    return (room ? [room] : log.rooms).some((name) => (tables.positions.get(name) ?? 0) !== keeper.appliedIn(name))
  }

  /** The newest log position that rows of a query stand for: its room's, or where it may read several, any room's. */
  function positionFor(list: AskedList | undefined): number {
    const room = list && roomOf(list)
    return room ? (tables.positions.get(room) ?? 0) : Math.max(0, ...tables.positions.values())
  }

  /** Some rows of a list as the tables have them, from its room's document, as long as that is no further than they are. */
  function rowsNow(list: AskedList, ids: readonly string[]): { rows: Patch; at: number } | null {
    const room = roomOf(list)
    const doc = room && keeper.docOf(room)
    if (!doc || areBehind(list)) return null
    return { rows: rowsFromDocument(list, room, doc, ids), at: projector.at }
  }

  /** A list of one room, from its document: the log's when there is one, else the server's. Where the list spans rooms it never answers: only the tables can. */
  async function fromDocument(list: AskedList | undefined): Promise<string | null> {
    const room = list && roomOf(list)
    if (!room) return new Promise<never>(() => undefined)
    const { doc } = await openEarly(room)
    use.used(room)
    if (log.head(room) === 0) await firstSync.of(room)
    return listFromDocument(list, room, (collection) => rowsRead.of(doc, collection))
  }

  /** Opens a room that may have to be projected anew once it is known how far the tables are. */
  function openEarly(room: RoomName): ReturnType<RoomKeeper['open']> {
    const opening = keeper.open(room)
    if (!knowsPositions) early.add(opening)
    return opening
  }

  /** Documents are loaded after the tables are open, so that the first page is not kept waiting by them; a room nothing is known of costs nothing. */
  async function openAfterTables(room: RoomName): Promise<void> {
    if (log.head(room) > 0) await isReady.catch(() => undefined)
    await keeper.open(room)
    use.used(room)
  }

  function setBack(room: RoomName): void {
    hub.announce({ kind: 'reload', room })
    void refill.begin()
    notices.setBack()
  }

  return { giveWay: () => hub.announce({ kind: 'deposed' }) }
}
