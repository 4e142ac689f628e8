import { useCallback, useEffect, useState } from 'react'
import { type DiffFile, filesOf } from './diff-hunks.ts'
import { type NoPatch, whyNoPatch } from './say-no-patch.ts'

export type Patch = { files: DiffFile[]; byPath: ReadonlyMap<string, DiffFile> }

/** A patch by its hash never changes: read once a tab; the service worker keeps it for when the server is away. */
const read = new Map<string, Patch>()

/** Several files of a change want the same one. */
const underWay = new Map<string, Promise<NoPatch | null>>()

/** Reads a patch blob, or says why it cannot be had. */
function load(hash: string): Promise<NoPatch | null> {
  const loading = underWay.get(hash) ?? fetchPatch(hash).finally(() => underWay.delete(hash))
  underWay.set(hash, loading)
  return loading
}

async function fetchPatch(hash: string): Promise<NoPatch | null> {
  try {
    const response = await fetch(`/blobs/${hash}`)
    if (!response.ok) return whyNoPatch(response.status)
    const files = filesOf(await response.text())
    read.set(hash, { files, byPath: new Map(files.map((file) => [file.path, file])) })
    return null
  } catch {
    return 'away'
  }
}

export type PatchView = { files: DiffFile[] | undefined; failure: NoPatch | null; retry: () => void }

/** The files of a patch blob. */
export function usePatch(hash: string | null): PatchView {
  const [failed, setFailed] = useState<{ hash: string; failure: NoPatch | null } | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another fetch
  useEffect(() => {
    if (hash === null || read.has(hash)) return
    let isGone = false
    void load(hash).then((failure) => isGone || setFailed({ hash, failure }))
    return () => {
      isGone = true
    }
  }, [hash, tries])
  const retry = useCallback(() => setTries((count) => count + 1), [])
  const known = hash === null ? undefined : read.get(hash)
  return {
    files: known?.files,
    failure: known || failed?.hash !== hash ? null : (failed?.failure ?? null),
    retry,
  }
}

/**
 * The files by path of patches that were seen before, for those that are at hand; `isSettled` once it is known of all of them whether they are. One that cannot be
 * had is not asked for again while the page stands.
 */
export function useEarlierPatches(hashes: readonly string[]): {
  filesOf: (hash: string) => Patch['byPath'] | undefined
  isSettled: boolean
} {
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set())
  const missing = hashes.filter((hash) => !read.has(hash) && !tried.has(hash))
  const key = missing.join()
  useEffect(() => {
    for (const hash of key === '' ? [] : key.split(',')) void load(hash).then(() => setTried((before) => new Set(before).add(hash)))
  }, [key])
  return { filesOf: (hash) => read.get(hash)?.byPath, isSettled: missing.length === 0 }
}
