import { useEffect, useState } from 'react'
import { type DiffFile, filesOf } from './diff-hunks.ts'

/** A patch by its hash never changes: read once a tab; the service worker keeps it for when the server is away. */
const seen = new Map<string, DiffFile[]>()

export type PatchView = { files: DiffFile[] | undefined; failure: 'away' | 'gone' | null; retry: () => void }

/** The files of a patch blob. */
export function usePatch(hash: string | null): PatchView {
  const [view, setView] = useState<{ hash: string | null; files?: DiffFile[]; failure?: 'away' | 'gone' }>({ hash: null })
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another fetch
  useEffect(() => {
    if (hash === null || seen.has(hash)) return
    let isGone = false
    // Its end is the state it sets; a failure is one of its answers.
    void fetch(`/blobs/${hash}`)
      .then(async (response) => {
        if (!response.ok) return { failure: 'gone' as const }
        const files = filesOf(await response.text())
        seen.set(hash, files)
        return { files }
      })
      .catch(() => ({ failure: 'away' as const }))
      .then((found) => isGone || setView({ hash, ...found }))
    return () => {
      isGone = true
    }
  }, [hash, tries])
  const known = hash === null ? undefined : seen.get(hash)
  return { files: known, failure: known || view.hash !== hash ? null : (view.failure ?? null), retry: () => setTries((count) => count + 1) }
}
