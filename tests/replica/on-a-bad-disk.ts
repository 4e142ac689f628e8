import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { projectRoom } from '#domain/core/rooms.ts'
import { type Device, PATIENCE_MS, type Tab } from './device.ts'
import type { FakeServer } from './fake-server.ts'

const SLOW = 4 * PATIENCE_MS
const MB = 1024 * 1024
const EVERYTHING = 'indexeddb,local_storage,file_systems,cache_storage,service_workers'
const EMPTIED = /^What Slipway kept in this browser was thrown away/
const WITHOUT: Readonly<Record<string, string>> = {
  storage: `Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('Denied.', 'SecurityError') } });
    navigator.locks.request = async () => { throw new DOMException('Denied.', 'SecurityError') };
    StorageManager.prototype.getDirectory = async () => { throw new DOMException('Denied.', 'SecurityError') };`,
  files: `delete StorageManager.prototype.getDirectory;`,
}

/** Browsers that keep nothing, refuse, or throw away what they kept; and what another version left in one. */
export function onABadDisk(stage: () => { device: Device; server: FakeServer }): void {
  describe('on a bad disk', () => {
    it('REPLICA-23 REPLICA-5 S22 a full disk is said, the tables go on without it, what it refuses can be carried away, and room for it is found again', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const first = await device.tab(`${server.url}/blank`)
      await first.giveRoom(MB)
      const { tab, projectId, taskId } = await board(device, server)
      // The tables do not fit, and are in memory.
      expect(await tab.sql('select title from tasks')).toEqual([{ title: 'Quay' }])
      await server.stop()
      await tab.addCard(projectId, 'Kept')
      await tab.reads('sync', 'on this device')
      for (let n = 0; n < 3; n++) await tab.type(projectId, taskId, randomBytes(MB / 4).toString('hex'))
      await tab.addCard(projectId, 'Refused')
      await tab.reads('device', /its storage is full\. Free some space; it is tried again/)
      await tab.reads('sync', 'not saved')
      expect(JSON.parse(await tab.saveUnsent()).changes).toHaveLength(5)
      await first.giveRoom(500 * MB)
      await tab.reads('sync', 'on this device')
      await tab.reads('device', '')
      await comesBack(stage(), tab, projectId, ['Kept', 'Quay', 'Refused'])
    })

    it('REPLICA-23 S22 storage that is cleared under a running page is said, and what the page has is kept again', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const { tab, projectId } = await board(device, server)
      await server.stop()
      await tab.addCard(projectId, 'Written offline')
      await tab.reads('sync', 'on this device')
      for (const storageTypes of ['indexeddb', EVERYTHING]) {
        await tab.clear(storageTypes)
        await tab.reads('device', EMPTIED)
        await tab.reads('sync', 'on this device')
      }
      expect(await tab.text('device')).toContain('Nothing you wrote is lost by it.')
      await tab.addCard(projectId, 'Written after it')
      await tab.reads('sync', 'on this device')
      await comesBack(stage(), tab, projectId, ['Quay', 'Written after it', 'Written offline'])
    })

    it('REPLICA-23 S22 what was thrown away between two starts is missed and counted; what the server has comes back', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const { tab, projectId } = await board(device, server)
      await tab.reads('device', '')
      await server.stop()
      await tab.addCard(projectId, 'Nowhere else')
      await tab.reads('sync', 'on this device')
      await expect.poll(() => tab.page.evaluate(() => document.cookie), { timeout: PATIENCE_MS }).toMatch(/slipway-kept-[^=]+=1/)
      await server.start()
      server.closesWith = 4503
      await tab.page.goto(`${server.url}/blank`)
      await tab.clear(EVERYTHING)
      server.closesWith = null
      await tab.page.goto(`${server.url}/?project=${projectId}`)
      await tab.reads('device', EMPTIED)
      expect(await tab.text('device')).toContain('Changes that had not reached the server are gone with it')
      await tab.reads('count', '1')
      expect(await tab.titles()).toEqual(['Quay'])
      await tab.reads('sync', 'on the server')
    })

    it('REPLICA-23 S22 where all storage is turned off the page works, says so, and promises nothing', { timeout: SLOW }, async () => {
      const { device, server } = stage()
      const without = lacking(server, 'storage')
      const { tab, projectId } = await board(device, server)
      expect(without.workers.size).toBe(2)
      await tab.reads('device', /^This browser keeps nothing of Slipway/)
      await tab.sql('select 1')
      await server.stop()
      await tab.addCard(projectId, 'Only in this page')
      await tab.reads('sync', 'not saved')
      expect(await tab.text('sentence')).toBe('Changes not kept on this device, and not yet on the server. Leave the page open.')
      expect(JSON.parse(await tab.saveUnsent()).changes).toHaveLength(1)
      await server.start()
      await tab.reads('sync', 'on the server')
      expect(titles(server, projectId)).toEqual(['Only in this page', 'Quay'])
      expect(await tab.sql('select count(*) as n from tasks')).toEqual([{ n: 2 }])
      // Whoever comes without anything sees what there is.
      await tab.page.goto(`${server.url}/?project=${projectId}`)
      await tab.reads('count', '2')
      await tab.reads('projects', 'Harbour')
    })

    it('REPLICA-5 S22 without the private file system everything is kept, and the tables are built again at each start', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const without = lacking(server, 'files')
      const { tab, projectId } = await board(device, server)
      expect(without.workers.size).toBe(2)
      // The tables have come: nothing is fetched any more.
      await tab.sql('select 1')
      await server.stop()
      await tab.addCard(projectId, 'Written offline')
      await tab.reads('sync', 'on this device')
      expect(await tab.text('device')).toBe('')
      await comesBack(stage(), tab, projectId, ['Quay', 'Written offline'])
    })

    it('REPLICA-22 S17 what a newer version keeps here is neither read nor touched, and the page says so and works', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const { tab, projectId } = await board(device, server)
      await server.stop()
      await tab.addCard(projectId, 'Kept for the newer one')
      await tab.reads('sync', 'on this device')
      await server.start()
      server.closesWith = 4503
      await tab.page.goto(`${server.url}/blank`)
      const before = await tab.page.evaluate(raiseStore)
      expect(before).toMatchObject({ waiting: 1 })
      server.closesWith = null
      await tab.page.goto(`${server.url}/?project=${projectId}`)
      await tab.reads('device', /^This browser keeps data of a newer Slipway\. Reload to get it\./)
      await tab.reads('count', '1')
      await tab.addCard(projectId, 'Written meanwhile')
      await tab.reads('sync', 'on the server')
      expect(titles(server, projectId)).toEqual(['Quay', 'Written meanwhile'])
      await tab.page.goto(`${server.url}/blank`)
      expect(await tab.page.evaluate(raiseStore)).toEqual(before)
    })

    it('REPLICA-22 S17 of two versions in one browser the newer leads, the older gives it what was written and says to reload', {
      timeout: SLOW,
    }, async () => {
      const { device, server } = stage()
      const { tab: old, projectId } = await board(device, server)
      await server.stop()
      await old.addCard(projectId, 'Before')
      await old.reads('sync', 'on this device')
      // Its tables have another name, and with it its tabs and its leader another way to speak.
      server.rewrite = (script) => script.replace(/`pg-\$\{/g, '`pg-newer-${')
      await server.start()
      const newer = await device.tab(`${server.url}/?project=${projectId}`)
      await newer.reads('count', '2')
      await old.reads('device', /^Another version of Slipway is open in this browser\./)
      await old.addCard(projectId, 'In the old page')
      await newer.reads('count', '3')
      await newer.addCard(projectId, 'In the new page')
      await newer.reads('sync', 'on the server')
      const all = ['Before', 'In the new page', 'In the old page', 'Quay']
      expect(titles(server, projectId)).toEqual(all)
      await old.page.goto(`${server.url}/?project=${projectId}`)
      await old.reads('count', '4')
      await old.reads('device', '')
      expect(await old.titles()).toEqual(all)
      await newer.page.close()
      await old.addCard(projectId, 'Leading')
      await old.reads('sync', 'on the server')
    })
  })
}

async function board(device: Device, server: FakeServer): Promise<{ tab: Tab; projectId: string; taskId: string }> {
  const tab = await device.tab(server.url)
  await tab.reads('projects', 'none')
  const { projectId, taskIds } = await tab.makeBoard('Harbour', ['Quay'])
  await tab.reads('sync', 'on the server')
  return { tab, projectId, taskId: taskIds[0] ?? '' }
}

/** Loads the page again from its own disk alone, then lets it reach the server. */
async function comesBack({ server }: { server: FakeServer }, tab: Tab, projectId: string, all: readonly string[]): Promise<void> {
  server.closesWith = 4503
  await server.start()
  await tab.page.goto(`${server.url}/?project=${projectId}`)
  await tab.reads('count', String(all.length))
  await tab.reads('sync', 'on this device')
  server.closesWith = null
  await tab.reads('sync', 'on the server')
  expect(titles(server, projectId)).toEqual(all)
  await expect
    .poll(() => tab.sql('select title from tasks order by title'), { timeout: PATIENCE_MS })
    .toEqual(all.map((title) => ({ title })))
}

const titles = (server: FakeServer, projectId: string): string[] =>
  Object.values(server.doc(projectRoom(projectId)).getMap('tasks').toJSON() as Record<string, { title: string }>)
    .map((task) => task.title)
    .sort()

/** Both workers without something, from the server's next answer on. */
function lacking(server: FakeServer, what: string): { workers: Set<string> } {
  const workers = new Set<string>()
  server.rewrite = (script, name) => {
    if (!/\.worker\.js$/.test(name)) return script
    workers.add(name)
    return `${WITHOUT[what]}\n${script}`
  }
  return { workers }
}

/** Runs in a page without a leader: makes the store one of a newer version, and answers how many rows each part of it has. */
async function raiseStore(): Promise<Record<string, number>> {
  const name = (await indexedDB.databases()).map((one) => one.name ?? '').find((one) => !one.startsWith('slipway')) ?? ''
  const counts: Record<string, number> = {}
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name, 99)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const reading = database.transaction([...database.objectStoreNames])
      for (const store of database.objectStoreNames) {
        const counting = reading.objectStore(store).count()
        counting.onsuccess = () => {
          counts[store] = counting.result
        }
      }
      reading.oncomplete = () => {
        database.close()
        resolve()
      }
    }
  })
  return counts
}
