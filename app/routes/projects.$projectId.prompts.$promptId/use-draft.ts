import { useCallback, useEffect, useRef, useState } from 'react'
import { keepScratch, readScratch } from '#app/scratch/use-scratch.ts'
import { changesOf, type Draft, draftOf, readDraft } from './draft.ts'

/** How long after the last key the draft is written to the device. */
const SETTLE_MS = 250

/**
 * What a person changes about one version. Every change is kept on this device until it is saved as a new version or
 * discarded; leaving the page, or a browser that dies, loses at most the last quarter of a second.
 */
export function useDraft(version: Draft & { id: string }) {
  const key = `prompt:${version.id}`
  const [draft, setDraft] = useState<Draft>(() => readDraft(readScratch(key)) ?? draftOf(version))
  const [started, setStarted] = useState(0)
  const [isKept, setKept] = useState(true)
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; write: () => void } | null>(null)

  const flush = useCallback(() => {
    if (!pending.current) return
    clearTimeout(pending.current.timer)
    pending.current.write()
    pending.current = null
  }, [])
  useEffect(() => {
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])

  const set = useCallback(
    (patch: Partial<Draft>) => {
      setDraft((now) => {
        const next = { ...now, ...patch }
        if (pending.current) clearTimeout(pending.current.timer)
        const write = () => setKept(keepScratch(key, Object.keys(changesOf(next, version)).length > 0 ? JSON.stringify(next) : null))
        pending.current = { write, timer: setTimeout(() => flush(), SETTLE_MS) }
        return next
      })
    },
    [key, version, flush],
  )
  const forget = useCallback(() => {
    if (pending.current) clearTimeout(pending.current.timer)
    pending.current = null
    keepScratch(key, null)
  }, [key])
  const discard = useCallback(() => {
    forget()
    setDraft(draftOf(version))
    setStarted((count) => count + 1)
  }, [forget, version])

  return { draft, changes: changesOf(draft, version), set, discard, forget, started, isKept }
}
