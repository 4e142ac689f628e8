import type { PGlite } from '@electric-sql/pglite'
import type { StorageBackend } from '@electric-sql/pglite/memfs-frontend'
import { patiently } from '../patiently.ts'
import type { Bytes } from './change-file.ts'
import type { Wanted } from './protocol.ts'
import { TwoFiles } from './two-files.ts'
import { Unkept } from './unkept.ts'

/** Another leader's files are released a moment after its death. */
const FILES_FREE_MS = 5_000

/**
 * Opens the browser's database: in the origin's private file system, or in memory where the browser has none. One that
 * cannot be opened is thrown away and made anew from the prebuilt directory; the tables are only a projection of the
 * update log.
 */
export async function openEngine(wanted: Pick<Wanted, 'database' | 'version' | 'prebuilt'>): Promise<PGlite> {
  const name = `${wanted.database}-${wanted.version}`.replaceAll(/[^a-z0-9.-]/gi, '-')
  const ask = (): Promise<Uint8Array | null> => prebuilt(wanted.prebuilt).catch(() => null)
  let coming: Promise<Uint8Array | null> | null = null
  const fetched = (): Promise<Uint8Array | null> => {
    const answer = coming ?? ask()
    coming = null
    return answer
  }
  const pair = await ownFiles(name)
  const files = pair && new TwoFiles(pair, fetched)
  // Where it will be needed it comes while PGlite's own program does.
  if (!files?.isMade) coming = ask()
  if (files?.isMade) {
    const found = await startOn(files).catch(() => null)
    if (found) return found
    // Damaged: the log has everything.
    files.forget()
  }
  const made = files && (await startOn(files).catch(() => null))
  if (made) return made
  // No files, or no room in them for what a database begins with.
  files?.forget()
  return startOn(new Unkept(fetched))
}

const SETTINGS = [
  // One writer and a directory in memory need little of PostgreSQL's own: every megabyte of shared buffers is touched at a
  // start, and with 128 of them that was two thirds of its time.
  ...['shared_buffers=4MB', 'max_connections=5', 'wal_buffers=256kB', 'autovacuum_worker_slots=1', 'jit=off'],
  // A prepared statement is planned anew each time: a plan made for an empty table would stay when there are ten thousand rows.
  'plan_cache_mode=force_custom_plan',
  // No page is logged whole for fear that half of it were written: what is kept are whole frames (`change-file.ts`).
  'full_page_writes=off',
]

/** Starts PGlite on a directory. */
export async function startOn(kept: StorageBackend): Promise<PGlite> {
  const [{ PGlite }, { MemfsFrontendFS }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite/memfs-frontend'),
  ])
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])]
  return PGlite.create({ fs: new MemfsFrontendFS(kept), startParams })
}

/** The prebuilt data directory; null where it cannot be had, and then PGlite makes one, which takes seconds. */
async function prebuilt(url: string): Promise<Uint8Array | null> {
  const answer = await fetch(url)
  if (!answer.ok) return null
  const bytes = new Uint8Array(await answer.arrayBuffer())
  // Servers and proxies like to unpack such a file on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(unpacked).arrayBuffer())
}

/** The two files of a database, this thread's alone; null where the browser keeps none. */
async function ownFiles(name: string): Promise<readonly [Bytes, Bytes] | null> {
  if (typeof navigator.storage?.getDirectory !== 'function') return null
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(name, { create: true })
    const open = async (file: string): Promise<Bytes> => {
      // Only workers have it, and the types are a page's.
      const handle = (await folder.getFileHandle(file, { create: true })) as unknown as { createSyncAccessHandle(): Promise<Bytes> }
      // A leader that just died holds it for a moment.
      return patiently('NoModificationAllowedError', FILES_FREE_MS, () => handle.createSyncAccessHandle())
    }
    await removeOthers(root, name)
    return [await open('directory-1'), await open('directory-2')]
  } catch {
    // Private windows and some embedded browsers offer the interface and refuse to use it.
    return null
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
