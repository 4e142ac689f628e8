import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { projectRoom } from '#domain/core/rooms.ts'
import { KILLS_OF_A_PAGE as KILLS, killingDice } from '../faults/cycles.ts'
import { buildPage } from './built-page.ts'
import { Device, PATIENCE_MS, type Tab } from './device.ts'
import { FakeServer } from './fake-server.ts'
import { harmTables } from './harm.ts'
import { storesOfReleases } from './of-each-release.ts'
import { onABadDisk } from './on-a-bad-disk.ts'

const SLOW = 4 * PATIENCE_MS

let folder: string
let server: FakeServer
/** One for all tests. Each comes to a host of its own, and what a page keeps, locks and says to other tabs ends at its host. */
let device: Device
let hosts = 0

beforeAll(async () => {
  folder = await buildPage(mkdtempSync(join(tmpdir(), 'slipway-page-')))
  device = new Device()
}, SLOW)
afterAll(async () => {
  await device.throwAway()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  server = new FakeServer(folder, `test-${++hosts}.localhost`, 4722)
  await server.start()
}, SLOW)
afterEach(async () => {
  await device.closeTabs()
  await server.stop()
}, SLOW)

const titlesOnServer = (projectId: string): string[] =>
  Object.values(server.doc(projectRoom(projectId)).getMap('tasks').toJSON() as Record<string, { title: string }>)
    .map((task) => task.title)
    .sort()

const lacking = (wanted: readonly string[], there: readonly string[]): string[] => wanted.filter((title) => !there.includes(title))

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Runs in a page: whether an answer about cards is kept, and such words stand among what changed in it. */
async function isKeptBeside(words: string): Promise<boolean> {
  const name = (await indexedDB.databases()).map((one) => one.name ?? '').find((one) => !one.startsWith('slipway')) ?? ''
  const answer = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)))
  const database = await answer(indexedDB.open(name))
  const found = await answer<{ patch: string }[]>(database.transaction('answers').objectStore('answers').index('reads').getAll('tasks'))
  database.close()
  return found.some(({ patch }) => patch.includes(words))
}

async function bothShow(tabs: Tab[], count: number): Promise<void> {
  for (const tab of tabs) await tab.reads('count', String(count))
}

describe('two tabs of one browser', () => {
  it('REPLICA-1 REPLICA-8 one leads and both show the same; the other takes over when it is closed and nothing is lost', {
    timeout: SLOW,
  }, async () => {
    const first = await device.tab(server.url)
    await first.reads('projects', 'none')
    const { projectId } = await first.makeBoard('Harbour', ['Quay', 'Crane'])
    const second = await device.tab(`${server.url}/?project=${projectId}`)
    await bothShow([first, second], 2)
    await second.addCard(projectId, 'Pilot')
    await bothShow([first, second], 3)
    expect(await second.titles()).toEqual(['Crane', 'Pilot', 'Quay'])

    await first.page.close()
    await second.addCard(projectId, 'Tug')
    await second.reads('count', '4')
    await second.reads('sync', 'on the server')
    await second.reads('waiting', '0')
    expect(titlesOnServer(projectId)).toEqual(['Crane', 'Pilot', 'Quay', 'Tug'])
    // The tables followed too: a question that no document answers.
    await expect.poll(async () => (await second.sql('select count(*) as n from tasks'))[0]?.n, { timeout: PATIENCE_MS }).toBe(4)
  })

  it('REPLICA-1 S18 a leader that stands still is left behind: another one leads, and what it does on waking does no harm', {
    timeout: SLOW,
  }, async () => {
    const first = await device.tab(server.url)
    await first.reads('projects', 'none')
    const { projectId } = await first.makeBoard('Harbour', ['Quay'])
    await first.reads('sync', 'on the server')
    const second = await device.tab(`${server.url}/?project=${projectId}`)
    await bothShow([first, second], 1)
    // Who stands still in the middle of a transaction holds the store until the browser takes it away, a minute later: not what is looked at here.
    // So it waits for its turn at all that is kept, behind whatever is being kept, and stands still when it had it.
    const leader = first.page.workers().find((worker) => worker.url().includes('replica.worker'))
    let isStill = true
    const stood = leader?.evaluate(async () => {
      for (const { name = '' } of await indexedDB.databases()) {
        await new Promise((done) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => {
            const { result } = opening
            const turn = result.transaction([...result.objectStoreNames], 'readwrite')
            turn.oncomplete = done
            turn.onerror = done
            result.close()
          }
        })
      }
      const request = new XMLHttpRequest()
      request.open('GET', '/stand-still', false)
      request.send()
    })
    void stood
      ?.catch(() => undefined)
      .then(() => {
        isStill = false
      })
    await second.addCard(projectId, 'Pilot')
    await second.reads('sync', 'on the server')
    expect(titlesOnServer(projectId)).toEqual(['Pilot', 'Quay'])

    expect(isStill).toBe(true)
    server.keepsWaiting = false
    await until(() => !isStill)
    await first.reads('count', '2')
    await first.addCard(projectId, 'Tug')
    await first.reads('sync', 'on the server')
    await bothShow([first, second], 3)
    // The one that woke waits for its turn again.
    await second.page.close()
    await first.addCard(projectId, 'Crane')
    await first.reads('sync', 'on the server')
    expect(titlesOnServer(projectId)).toEqual(['Crane', 'Pilot', 'Quay', 'Tug'])
    await expect.poll(async () => (await first.sql('select count(*) as n from tasks'))[0]?.n, { timeout: PATIENCE_MS }).toBe(4)
  })

  it('S5 S18 ten tabs share one database; when the one that leads crashes another goes on, and no write is lost', {
    timeout: SLOW,
  }, async () => {
    const first = await device.tab(server.url)
    await first.reads('projects', 'none')
    const { projectId } = await first.makeBoard('Harbour', [])
    const others = await Promise.all(Array.from({ length: 9 }, () => device.tab(`${server.url}/?project=${projectId}`)))
    const all = [first, ...others]
    await bothShow(all, 0)
    await Promise.all(all.map((tab, n) => tab.addCard(projectId, `Card ${n}`)))
    await bothShow(all, 10)
    const hand = await first.page.context().newCDPSession(first.page)
    const crashed = first.page.waitForEvent('crash')
    // Nobody is left to answer this.
    void hand.send('Page.crash').catch(() => undefined)
    await Promise.all([crashed, ...others.map((tab, n) => tab.addCard(projectId, `Late ${n}`))])
    await bothShow(others, 19)
    await others[0]?.reads('sync', 'on the server')
    expect(titlesOnServer(projectId)).toHaveLength(19)
    expect(await others[8]?.titles()).toEqual(titlesOnServer(projectId))
  })

  it('REPLICA-12 they see each other in a room, and a closed one is gone', { timeout: SLOW }, async () => {
    const first = await device.tab(server.url)
    await first.reads('projects', 'none')
    const { projectId } = await first.makeBoard('Harbour', [])
    const second = await device.tab(`${server.url}/?project=${projectId}`)
    await first.reads('people', 'Ada')
    await second.page.close()
    await first.reads('people', '')
  })
})

describe('without a server', () => {
  it('REPLICA-2 edits made offline survive a reload, are counted honestly, and reach the server when it returns', {
    timeout: SLOW,
  }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', ['Quay'])
    await tab.reads('sync', 'on the server')
    await server.stop()
    await tab.reads('connection', 'offline')
    await tab.addCard(projectId, 'Written offline')
    await tab.reads('sync', 'on this device')
    expect(await tab.text('sentence')).toBe('Changes kept on this device, waiting for the server.')
    expect(await tab.text('unsaved')).toBe('1')

    // Only the files of the page come back; the rooms stay shut.
    server.closesWith = 4503
    await server.start()
    await tab.page.goto(`${server.url}/?project=${projectId}`)
    await tab.reads('count', '2')
    await tab.reads('sync', 'on this device')
    await tab.reads('unsaved', '1')
    expect(titlesOnServer(projectId)).toEqual(['Quay'])

    server.closesWith = null
    await tab.reads('sync', 'on the server')
    await tab.reads('unsaved', '0')
    expect(titlesOnServer(projectId)).toEqual(['Quay', 'Written offline'])
  })

  it('REPLICA-3 "on the server" waits for the acknowledgement, not for the sending', { timeout: SLOW }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', [])
    await tab.reads('sync', 'on the server')
    server.acknowledges = false
    await tab.addCard(projectId, 'Sent')
    await until(() => titlesOnServer(projectId).length === 1)
    await tab.reads('sync', 'on this device')
    await tab.reads('waiting', '1')
    server.acknowledgeAll()
    await tab.reads('sync', 'on the server')
  })

  it('REPLICA-16 a server that can store nothing is said with its own sentence, also after a reload, until it can again', {
    timeout: SLOW,
  }, async () => {
    const full = "The server's disk is full. Free some space on it."
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', [])
    await tab.reads('sync', 'on the server')
    server.setTrouble(full)
    await tab.reads('trouble', full)
    await tab.addCard(projectId, 'Written meanwhile')
    await tab.begin('attempts.start', [])
    await tab.reads('sentence', `Changes kept on this device, not yet on the server. ${full}`)
    await tab.page.goto(`${server.url}/?project=${projectId}`)
    await tab.reads('count', '1')
    await tab.reads('sync', 'on this device')
    await tab.reads('trouble', full)
    await tab.reads('outbox', 'attempts.start:waiting:')
    expect(server.calls).toEqual([])

    server.setTrouble('')
    await tab.reads('trouble', '')
    await tab.reads('sync', 'on the server')
    await tab.reads('outbox', '')
    expect(server.calls.map((call) => call.procedure)).toEqual(['attempts.start'])

    // What a server said that is gone may be over: nobody repeats it.
    server.setTrouble(full)
    await tab.reads('trouble', full)
    await server.stop()
    await tab.reads('connection', 'offline')
    await tab.reads('trouble', '')
  })

  it('REPLICA-7 a call with consequences waits, goes once after its room, and keeps its key when the answer is lost', {
    timeout: SLOW,
  }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', ['Quay'])
    await tab.reads('sync', 'on the server')
    await server.stop()
    await tab.addCard(projectId, 'The card it is about')
    await tab.begin('attempts.start', [projectRoom(projectId)])
    await tab.reads('outbox', 'attempts.start:waiting:')
    await tab.page.close()

    server.losesAnswers = 1
    server.acknowledges = false
    await server.start()
    const later = await device.tab(`${server.url}/?project=${projectId}`)
    await until(() => titlesOnServer(projectId).length === 2)
    await later.reads('outbox', 'attempts.start:waiting:')
    expect(server.calls).toEqual([])
    server.acknowledgeAll()
    await later.reads('outbox', '')
    expect(server.calls.map((call) => call.procedure)).toEqual(['attempts.start'])
    expect(server.losesAnswers).toBe(0)
  })

  it('REPLICA-7 a refused call stays with its sentence and lets the next one go', { timeout: SLOW }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    server.refusedCalls.set('attempts.start', 'No repository is linked.')
    await tab.begin('attempts.start', [])
    await tab.begin('attempts.cancel', [])
    await tab.reads('outbox', 'attempts.start:refused:No repository is linked.')
    expect(server.calls.map((call) => call.procedure)).toEqual(['attempts.start', 'attempts.cancel'])
  })
})

describe('when things die', () => {
  it(`REPLICA-4 S06 ${KILLS} kill -9 of the browser while it writes with the server away: everything shown as "on this device" is there again, and reaches the server`, {
    timeout: KILLS * SLOW,
  }, async () => {
    const dice = killingDice('kills of the browser, on its smallest page')
    const mortal = new Device()
    try {
      let tab = await mortal.tab(server.url)
      await tab.reads('projects', 'none')
      const { projectId } = await tab.makeBoard('Harbour', [])
      await tab.reads('sync', 'on the server')
      // The files of the page can be had, the rooms cannot.
      await server.stop()
      server.closesWith = 4503
      await server.start()
      const kept: string[] = []
      for (let cycle = 0; cycle < KILLS; cycle++) {
        for (let at = Math.floor(dice() * 3); at >= 0; at--) {
          await tab.addCard(projectId, `kept ${cycle}-${at}`)
          await tab.reads('sync', 'on this device')
          kept.push(`kept ${cycle}-${at}`)
        }
        // Nothing was said of this one: it may be there or not, once.
        await tab.addCard(projectId, `perhaps ${cycle}`)
        await sleep(dice() * 20)
        await mortal.kill()
        tab = await mortal.tab(`${server.url}/?project=${projectId}`)
        await expect
          .poll(
            async () =>
              lacking(
                kept,
                (await tab.sql('select title from tasks')).map(({ title }) => String(title)),
              ),
            {
              message: `shown as kept and lost after kill ${cycle + 1}`,
              timeout: PATIENCE_MS,
            },
          )
          .toEqual([])
      }
      server.closesWith = null
      await tab.reads('sync', 'on the server')
      expect(lacking(kept, titlesOnServer(projectId))).toEqual([])
      expect(titlesOnServer(projectId)).toHaveLength(new Set(titlesOnServer(projectId)).size)
    } finally {
      await mortal.throwAway()
    }
  })

  it('REPLICA-5 tables that vanished or were damaged are built anew from the update log, without the server', {
    timeout: SLOW,
  }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', ['Quay', 'Crane'])
    await tab.reads('sync', 'on the server')
    expect(await tab.sql('select count(*) as n from tasks')).toEqual([{ n: 2 }])
    server.closesWith = 4503
    for (const harm of ['remove', 'overwrite', 'cut'] as const) {
      await tab.page.goto(`${server.url}/blank`)
      await tab.page.evaluate(harmTables, harm)
      await tab.page.goto(`${server.url}/?project=${projectId}`)
      await tab.reads('count', '2')
      expect(await tab.sql('select title from tasks order by title'), harm).toEqual([{ title: 'Crane' }, { title: 'Quay' }])
    }
  })

  it('REPLICA-20 what the server does not have can be carried to another device, and again, and is there once', {
    timeout: SLOW,
  }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId, taskIds } = await tab.makeBoard('Harbour', ['Quay'])
    await tab.reads('sync', 'on the server')
    await server.stop()
    await tab.addCard(projectId, 'Written offline')
    await tab.type(projectId, taskIds[0] ?? '', 'Words. ')
    await tab.reads('waiting', '2')
    const file = await tab.saveUnsent()
    await device.closeTabs()

    // Another device: another host, which this browser keeps apart.
    await server.start()
    const other = await device.tab(`${server.url.replace('test-', 'other-')}/?project=${projectId}`)
    await other.reads('count', '1')
    expect(await other.bringBack(file)).toMatchObject({ ok: true })
    await other.reads('count', '2')
    expect(await other.bringBack(file)).toMatchObject({ ok: true })
    await other.reads('sync', 'on the server')
    expect(await other.titles()).toEqual(['Quay', 'Written offline'])
    expect(titlesOnServer(projectId)).toEqual(['Quay', 'Written offline'])
    await expect
      .poll(() => other.sql(`select description from tasks where title = 'Quay'`), { timeout: PATIENCE_MS })
      .toEqual([{ description: 'Words. ' }])
    expect(await other.saveUnsent()).toContain('"changes": []')
  })

  it('REPLICA-15 a page does not wait for the database: neither here nor in a browser that was never here', { timeout: SLOW }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', ['Quay', 'Crane'])
    await tab.reads('sync', 'on the server')
    await tab.sql('select 1')
    // Once an answer is kept, a change stands beside it as soon as the tables have it.
    await tab.page.waitForFunction(isKeptBeside, '', { polling: 100 })
    await tab.addCard(projectId, 'Buoy')
    await tab.page.waitForFunction(isKeptBeside, 'Buoy', { polling: 100 })
    await tab.reads('sync', 'on the server')
    server.holdsDatabase = true
    await tab.page.goto(`${server.url}/?project=${projectId}`)
    await tab.reads('count', '3')
    await tab.addCard(projectId, 'Pilot')
    await tab.reads('count', '4')
    await tab.reads('sync', 'on the server')

    const newcomer = new Device()
    try {
      const other = await newcomer.tab(`${server.url}/?project=${projectId}`)
      await other.reads('count', '4')
      expect(await other.titles()).toEqual(['Buoy', 'Crane', 'Pilot', 'Quay'])
    } finally {
      await newcomer.throwAway()
    }

    server.holdsDatabase = false
    expect(await tab.sql('select count(*) as n from tasks')).toEqual([{ n: 4 }])
    expect(await tab.titles()).toEqual(['Buoy', 'Crane', 'Pilot', 'Quay'])
  })
})

onABadDisk(() => ({ device, server }))
storesOfReleases(() => ({ device, server }))

describe('what the server refuses', () => {
  it('REPLICA-6 an edit that is refused is taken back everywhere, with the server’s sentence', { timeout: SLOW }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId, taskIds } = await tab.makeBoard('Harbour', ['Quay'])
    await tab.reads('sync', 'on the server')
    server.refuses = 'You may look at this project, but not change it.'
    await tab.type(projectId, taskIds[0] ?? '', 'forbidden words')
    await tab.addCard(projectId, 'Forbidden card')
    await until(() => server.rooms.size > 0)
    await expect.poll(() => tab.notices(), { timeout: PATIENCE_MS }).not.toEqual([])
    expect((await tab.notices())[0]).toContain('You may look at this project, but not change it.')
    await tab.reads('waiting', '0')
    await tab.reads('count', '1')
    await expect
      .poll(() => tab.sql('select title, description from tasks'), { timeout: PATIENCE_MS })
      .toEqual([{ title: 'Quay', description: '' }])
    // And the room lives on: what is allowed again arrives.
    server.refuses = null
    await tab.page.reload()
    await tab.show(projectId)
    await tab.reads('count', '1')
    await tab.addCard(projectId, 'Allowed card')
    await until(() => titlesOnServer(projectId).length === 2)
    expect(titlesOnServer(projectId)).toEqual(['Allowed card', 'Quay'])
  })

  it('REPLICA-6 a viewer is told before anything is written', { timeout: SLOW }, async () => {
    if (server.member) server.member.role = 'viewer'
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const answer = await tab.run('createProject', { id: '01900000-0000-7000-8000-000000000001', name: 'Mine' })
    expect(answer).toMatchObject({ ok: false, code: 'read-only' })
    await tab.reads('projects', 'none')
  })

  it('REPLICA-9 a session that ended is said once, and what is on the device stays readable', { timeout: SLOW }, async () => {
    const tab = await device.tab(server.url)
    await tab.reads('projects', 'none')
    const { projectId } = await tab.makeBoard('Harbour', ['Quay'])
    await tab.reads('sync', 'on the server')
    const who = server.member
    server.member = null
    await server.stop()
    await server.start()
    await tab.reads('session', 'signed-out Ada')
    await tab.reads('connection', 'refused')
    expect((await tab.notices()).filter((sentence) => sentence.includes('Your session has ended'))).toHaveLength(1)
    await tab.addCard(projectId, 'Written signed out')
    await tab.reads('sync', 'on this device')
    await tab.reads('count', '2')
    server.member = who
    await tab.page.evaluate(() =>
      (window as unknown as { levers: { browser(): { session: { check(): Promise<void> } } } }).levers.browser().session.check(),
    )
    await tab.reads('sync', 'on the server')
    expect(titlesOnServer(projectId)).toEqual(['Quay', 'Written signed out'])
  })
})

describe('undo', () => {
  it('REPLICA-13 takes back this tab’s own command and nobody else’s', { timeout: SLOW }, async () => {
    const first = await device.tab(server.url)
    await first.reads('projects', 'none')
    const { projectId } = await first.makeBoard('Harbour', ['Quay'])
    const second = await device.tab(`${server.url}/?project=${projectId}`)
    await second.reads('count', '1')
    await first.addCard(projectId, 'Mine')
    await second.reads('count', '2')
    await second.addCard(projectId, 'Theirs')
    await bothShow([first, second], 3)
    await first.undo()
    await bothShow([first, second], 2)
    expect(await second.titles()).toEqual(['Quay', 'Theirs'])
  })
})
