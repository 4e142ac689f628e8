import { describe, expect, it } from 'vitest'
import { type BrowserStore, type Rows, read, releases } from '../stores/release.ts'
import { type Device, PATIENCE_MS, type Tab } from './device.ts'
import type { FakeServer } from './fake-server.ts'
import { harmTables } from './harm.ts'

/** What every release left in a browser is opened by this one, and its tables can be built from that again and again. */
export function storesOfReleases(stage: () => { device: Device; server: FakeServer }): void {
  describe.each(releases())('what %s left in a browser', (release) => {
    it('VERSION-4 REPLICA-5 S17 is shown without a server, row by row, and again after any harm to the tables or to what the log knows of itself', {
      timeout: 4 * PATIENCE_MS,
    }, async () => {
      const { device, server } = stage()
      server.closesWith = 4503
      const rows = read<Rows>(release, 'rows.json')
      const store = read<BrowserStore>(release, 'browser.json')
      const tab = await device.tab(`${server.url}/blank`)
      const { member } = server
      await tab.page.evaluate(makeStore, textOf({ ...store, database: `team-1-${member?.id}` }))
      const unharmed = await shows(tab, server, rows)
      await tab.reads('waiting', '1')
      await tab.reads('outbox', 'attempts.start:waiting:')
      for (const harm of ['flip', 'garbage', 'other'] as const) {
        await tab.page.goto(`${server.url}/blank`)
        await tab.page.evaluate(harmTables, harm)
        expect(await shows(tab, server, rows), harm).toEqual(unharmed)
      }
      await tab.page.goto(`${server.url}/blank`)
      await tab.page.evaluate(forgetRooms, `team-1-${member?.id}`)
      expect(await shows(tab, server, rows), 'what the log knows of its rooms').toEqual(unharmed)
    })
  })
}

/** Loads the page, waits for the tables, and answers every row in them once they are those of the release. */
async function shows(tab: Tab, server: FakeServer, rows: Rows): Promise<unknown> {
  await tab.page.goto(server.url)
  const names = [...new Set(Object.values(rows).flatMap((room) => Object.keys(room)))]
  const each = names.map((name) => `(select coalesce(json_agg(t order by t.room, t.id collate "C"), '[]') from "${name}" t) as "${name}"`)
  const expected = Object.fromEntries(
    names.map((name) => {
      const rooms = Object.keys(rows).sort()
      return [name, rooms.flatMap((room) => (rows[room]?.[name] ?? []).map((row) => expect.objectContaining({ ...row, room })))]
    }),
  )
  const found = async (): Promise<unknown> => (await tab.sql(`select ${each.join(', ')}`))[0]
  await expect.poll(found, { timeout: PATIENCE_MS }).toEqual(expected)
  return found()
}

/** Bytes do not cross into a page as they are. */
const textOf = (store: BrowserStore): string =>
  JSON.stringify(store, (_key, value: unknown) => (value instanceof Uint8Array ? { bytes: [...value] } : value))

/** Runs in a page without a leader: a store as a release left it. */
async function makeStore(text: string): Promise<void> {
  type Read = { version: number; database: string; stores: { name: string; keyPath: string; indexes: { name: string; keyPath: string; multiEntry: boolean }[] }[]; rows: Record<string, unknown[]> } // biome-ignore format: one line
  const store = JSON.parse(text, (_key, value) =>
    Array.isArray(value?.bytes) && Object.keys(value).length === 1 ? new Uint8Array(value.bytes) : value,
  ) as Read
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(store.database, store.version)
    opening.onerror = () => reject(opening.error)
    opening.onupgradeneeded = () => {
      for (const { name, keyPath, indexes } of store.stores) {
        const made = opening.result.createObjectStore(name, { keyPath })
        for (const index of indexes) made.createIndex(index.name, index.keyPath, { multiEntry: index.multiEntry })
        for (const row of store.rows[name] ?? []) made.put(row)
      }
    }
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
}

/** Runs in a page without a leader: what the log knows of its rooms without reading them is gone. */
async function forgetRooms(name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const clearing = opening.result.transaction('rooms', 'readwrite')
      clearing.objectStore('rooms').clear()
      clearing.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}
