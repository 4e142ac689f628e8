import type { PGlite } from '@electric-sql/pglite'
import type { Wanted } from './protocol.ts'

/** PGlite and where it keeps its files. */
export type Engine = { pg: PGlite; place: 'opfs' | 'idb' | 'memory'; isFresh: boolean }

/** Another leader's file handles are released a moment after its death. */
const HANDLES_FREE_MS = 5_000

/**
 * Opens the browser's database: in the origin's private file system where the browser has it, else in IndexedDB, else in
 * memory. A directory that cannot be opened is thrown away and made anew from the prebuilt one; the tables are only a
 * projection of the update log.
 */
export async function openEngine(wanted: Pick<Wanted, 'database' | 'version' | 'prebuilt'>): Promise<Engine> {
  const { PGlite } = await import('@electric-sql/pglite')
  const name = `${wanted.database}-${wanted.version}`.replaceAll(/[^a-z0-9.-]/gi, '-')
  const fetchPrebuilt = (): Promise<{ loadDataDir?: Blob }> => prebuilt(wanted.prebuilt)
  if (await hasFileHandles()) {
    try {
      return await inOpfs(PGlite, name, fetchPrebuilt)
    } catch {
      // Private windows and some embedded browsers offer the interface and refuse to use it.
    }
  }
  try {
    const isFresh = !(await indexedDB.databases()).some((one) => one.name === `/pglite/${name}`)
    const pg = await PGlite.create({ dataDir: `idb://${name}`, relaxedDurability: true, ...(isFresh ? await fetchPrebuilt() : {}) })
    return { pg, place: 'idb', isFresh }
  } catch {
    return { pg: await PGlite.create(await fetchPrebuilt()), place: 'memory', isFresh: true }
  }
}

/** The prebuilt data directory; nothing where it cannot be had, and then PGlite makes one, which takes seconds. */
async function prebuilt(url: string): Promise<{ loadDataDir?: Blob }> {
  const answer = await fetch(url).catch(() => null)
  if (!answer?.ok) return {}
  const bytes = await answer.arrayBuffer()
  const [first, second] = new Uint8Array(bytes, 0, 2)
  // Servers and proxies like to unpack such a file on the way.
  const isPacked = first === 0x1f && second === 0x8b
  return { loadDataDir: new Blob([bytes], { type: isPacked ? 'application/x-gzip' : 'application/x-tar' }) }
}

/** Files a data directory has, with room for every table to grow; the pool opens them all at every start. */
const POOL = { initialPoolSize: 600, maintainedPoolSize: 50 }

const MADE = 'made'

async function inOpfs(pglite: typeof PGlite, name: string, fetchPrebuilt: () => Promise<{ loadDataDir?: Blob }>): Promise<Engine> {
  const { OpfsAhpFS } = await import('@electric-sql/pglite/opfs-ahp')
  const root = await navigator.storage.getDirectory()
  await removeOthers(root, name)
  const open = async (isFresh: boolean): Promise<Engine> => {
    const pg = await pglite.create({ fs: new OpfsAhpFS(`${name}/data`, POOL), ...(isFresh ? await fetchPrebuilt() : {}) })
    return { pg, place: 'opfs', isFresh }
  }
  const wasMade = await exists(root, name)
  if (wasMade) {
    try {
      return await patiently(() => open(false))
    } catch {
      // Written by a browser that was killed at a bad moment, or damaged: the log has everything.
    }
  }
  await patiently(() => root.removeEntry(name, { recursive: true }).catch(ignoreMissing))
  const folder = await root.getDirectoryHandle(name, { create: true })
  const engine = await open(true)
  await folder.getFileHandle(MADE, { create: true })
  return engine
}

/** A directory counts only when it was made to the end. */
async function exists(root: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    const folder = await root.getDirectoryHandle(name)
    await folder.getFileHandle(MADE)
    return true
  } catch {
    return false
  }
}

/** Directories of other versions cannot be opened by this one. */
async function removeOthers(root: FileSystemDirectoryHandle, name: string): Promise<void> {
  const prefix = name.slice(0, name.lastIndexOf('-pg-') + 4)
  const folders = root as unknown as { keys(): AsyncIterable<string> }
  for await (const other of folders.keys()) {
    if (other !== name && other.startsWith(prefix)) await root.removeEntry(other, { recursive: true }).catch(() => undefined)
  }
}

async function hasFileHandles(): Promise<boolean> {
  return (
    typeof navigator.storage?.getDirectory === 'function' && 'createSyncAccessHandle' in (globalThis.FileSystemFileHandle?.prototype ?? {})
  )
}

/** Tries again while the files are held by a leader that just died; any other failure counts at once. */
async function patiently<T>(act: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + HANDLES_FREE_MS
  for (;;) {
    try {
      return await act()
    } catch (error) {
      const isHeld = error instanceof DOMException && error.name === 'NoModificationAllowedError'
      if (!isHeld || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
}
