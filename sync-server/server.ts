import { readFile } from 'node:fs/promises'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { ROOT } from '#launch/root.mjs'
import { forgetOldAnswers } from './api/answer-once.ts'
import { BlobRegister } from './blobs/blob-register.ts'
import { BlobTable } from './blobs/blob-table.ts'
import { Blobs } from './blobs/blobs.ts'
import { Sweeper } from './blobs/sweeper.ts'
import type { Config } from './config.ts'
import { Documents } from './documents/documents.ts'
import { Locks } from './documents/locks.ts'
import type { DocumentRequest } from './documents/materialised.ts'
import { Gate } from './gate/gate.ts'
import { ensureRunnerToken } from './gate/runner-token.ts'
import { ensureTeam, showAllMembers } from './gate/team.ts'
import { makeApp } from './http/app.ts'
import { makeMetrics } from './http/metrics.ts'
import { endIfSlow } from './http/slow-requests.ts'
import { folderId } from './instances/folder-id.ts'
import { Instances } from './instances/instances.ts'
import { Line } from './instances/line.ts'
import { Membership, mergeable } from './instances/membership.ts'
import { tellOthers } from './instances/tell-others.ts'
import { Journal } from './journal/journal.ts'
import type { Merged } from './journal/merge.ts'
import { SnapshotFiles } from './journal/snapshot-files.ts'
import type { Log } from './log.ts'
import { Parcels } from './parcels/parcels.ts'
import { addressUrl } from './postgres/address.ts'
import { holdingStart } from './postgres/start-lock.ts'
import { openStore } from './postgres/store.ts'
import { ShortIds } from './record/short-ids.ts'
import { ForgetClock } from './removed-projects/forget-clock.ts'
import { LargeUpdates, type ReadLarge } from './rooms/large-updates.ts'
import { Rooms } from './rooms/rooms.ts'
import { SyncDoor } from './rooms/sync-door.ts'
import { ScheduleClock } from './schedules/schedule-clock.ts'
import { messageOf, StartRefusal } from './start-refusal.ts'
import { Thread } from './threads/thread.ts'
import { Bell } from './turns/bell.ts'
import { Turns } from './turns/turns.ts'
import { openVault } from './vault/vault.ts'

export type RunningServer = {
  url: string
  /** What the owner signs in with while this process runs. */
  signInToken: string
  runnerToken: string
  databaseUrl: string
  /** Resolves when everything is flushed and let go. */
  stop: () => Promise<void>
}

const MERGE_PATIENCE = 60_000
const ANSWER_PATIENCE = 20_000
const FLUSH_PATIENCE = 6_000
/** Nobody waits longer at the door for rooms to be opened that he may not want. */
const OPEN_PATIENCE = 300
const HOUSEKEEPING_AFTER = 1_500

/** Builds all parts of the server, in the order they need each other, and opens its door. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const store = await openStore(config.data, config.databaseUrl, log)
  const stops: (() => Promise<unknown> | unknown)[] = [() => store.close()]
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) {
      await Promise.resolve(step()).catch((thrown: unknown) =>
        log.warn({ reason: messageOf(thrown) }, 'something could not be closed in order'),
      )
    }
  }
  try {
    const { db, address } = store
    const { vault, team, owner, runnerToken } = await holdingStart(db, async () => ({
      vault: await openVault(db, config.data, config.secret),
      ...(await ensureTeam(db)),
      runnerToken: await ensureRunnerToken(db, config.data, config.runnerToken),
    }))
    const gate = new Gate(db, owner.id)
    const line = new Line(address, log)
    stops.push(() => line.close())
    const membership = await Membership.begin(line, await folderId(config.data), gate.signInHash)
    // It leaves when its journal is closed: what it wrote is to be read to the end.
    stops.push(() => membership.end())
    const journal = new Journal(store, log, membership.number)
    stops.push(() => journal.close(FLUSH_PATIENCE))
    const merger = new Thread<Uint8Array[], Merged>('sync-server/journal/merge-thread.ts', MERGE_PATIENCE)
    const documentThread = new Thread<DocumentRequest, unknown>('sync-server/documents/document-thread.ts', ANSWER_PATIENCE)
    const largeThread = new Thread<Uint8Array, ReadLarge>('sync-server/rooms/large-update-thread.ts', ANSWER_PATIENCE)
    stops.push(() => Promise.all([merger.stop(), documentThread.stop(), largeThread.stop()]))
    const isAlone = (): boolean => membership.isAlone
    const files = new SnapshotFiles(path.join(config.data, 'snapshots'))
    const rooms = new Rooms(db, journal, merger, files, log, async () => (isAlone() ? () => true : await mergeable(db, membership.number)))
    const bell = new Bell()
    const locks = new Locks(db, isAlone)
    const instances = new Instances({
      line,
      membership,
      rooms,
      ring: (name) => bell.ringHere(name),
      settled: () => locks.settled(),
      log,
    })
    stops.push(() => instances.close())
    tellOthers(instances, { journal, rooms, bell })
    const documents = new Documents(documentThread, rooms, journal, locks, () => instances.catchUp())
    const shortIds = new ShortIds({ documents, log })
    journal.onCommitted((entries) => shortIds.hear(entries))
    stops.push(() => shortIds.close())
    const turns = new Turns({ db, documents, vault, bell, log })
    stops.push(() => turns.close())
    const clock = new ScheduleClock({ db, documents, turns, bell, log })
    stops.push(() => clock.close())
    const forgetting = new ForgetClock({ db, documents, rooms, files, log })
    stops.push(() => forgetting.close())
    const door = new SyncDoor({
      rooms,
      journal,
      large: new LargeUpdates(largeThread),
      log,
      diff: (room, vector) => documents.diff(room, vector),
      catchUp: () => instances.catchUp(),
      bears: (room, update) => documents.bears(room, update),
      judge: (room, update) => documents.judge(room, update),
      identify: (request, url) => gate.identifySocket(request, url),
      recheck: (identity) => gate.recheck(identity),
    })
    stops.push(() => door.close())

    const register = new BlobRegister(db)
    const blobs = new Blobs(path.join(config.data, 'blobs'), config.databaseUrl === null ? null : new BlobTable(db), register)
    const sweeper = new Sweeper({ db, blobs, log })
    stops.push(() => sweeper.stop())
    const version = await readVersion()
    const instance = membership.number
    const parcels = new Parcels({ db, documents, blobs, version, log }, path.join(config.data, 'parcels'))
    const parts = { db, journal, documents, gate, door, turns, bell, vault, blobs, register, parcels, team, version, instance, log }
    const app = makeApp({ ...parts, metrics: makeMetrics(rooms, journal, instances), appFolder: config.appFolder })
    const http = createServer(getRequestListener(app.fetch))
    http.on('upgrade', (request, stream, head) => {
      if (request.url?.startsWith('/sync/')) door.upgrade(request, stream, head)
      else stream.destroy()
    })
    // Node would end a large file like everything else.
    http.requestTimeout = 0
    http.on('request', endIfSlow)
    // Longer than clients keep an idle connection: else one is used again in the moment it is closed here.
    http.keepAliveTimeout = 75_000
    await instances.join()
    await Promise.race([rooms.openLatest(), wait(OPEN_PATIENCE, undefined, { ref: false })])
    const port = await listen(http, config)
    stops.push(() => closeHttp(http))
    stops.push(() => rooms.close())

    // What a command line wrote while nothing ran becomes visible.
    void showAllMembers(db, documents).catch((thrown: unknown) => log.warn({ reason: messageOf(thrown) }, 'members could not be shown'))
    // Nobody waits for the rest, and who comes back at once wants the connections to the database that the start has warmed.
    const later = setTimeout(() => {
      documentThread.start()
      void forgetOldAnswers(db).catch(() => undefined)
      sweeper.start()
      forgetting.start()
      void blobs.shareAll().catch((thrown: unknown) => log.warn({ reason: messageOf(thrown) }, 'files could not be shared'))
    }, HOUSEKEEPING_AFTER)
    stops.push(() => clearTimeout(later))
    return { url: `http://localhost:${port}`, signInToken: gate.signInToken, runnerToken, databaseUrl: addressUrl(address), stop }
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

async function listen(http: HttpServer, { port, host }: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'EADDRINUSE')
        reject(new StartRefusal(`Port ${port} is already in use. Stop the program that has it, or set PORT to another number.`))
      else if (thrown.code === 'EACCES')
        reject(new StartRefusal(`Port ${port} may not be opened by this user. Set PORT to a number above 1023.`))
      else reject(thrown)
    })
    http.listen(port, host, resolve)
  })
  return (http.address() as AddressInfo).port
}

async function closeHttp(http: HttpServer): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()))
  http.closeIdleConnections()
  setTimeout(() => http.closeAllConnections(), 500).unref()
  await closed
}

async function readVersion(): Promise<string> {
  const text = await readFile(path.join(ROOT, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
