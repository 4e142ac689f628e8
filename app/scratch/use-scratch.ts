import { useCallback, useState } from 'react'
import { withNewest } from './newest.ts'

const PREFIX = 'slipway.scratch.'
/** The keys in the order they were written last, the newest first. */
const ORDER = 'slipway.scratch-order'

/** What is kept under a key on this device. */
export function readScratch(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** Keeps, or with null forgets, a text under a key on this device. False where the device keeps nothing. What was begun longest ago gives way in the end. */
export function keepScratch(key: string, text: string | null): boolean {
  try {
    if (text === null || text === '') {
      localStorage.removeItem(PREFIX + key)
      return true
    }
    localStorage.setItem(PREFIX + key, text)
    const { kept, gone } = withNewest(localStorage.getItem(ORDER), key)
    for (const old of gone) localStorage.removeItem(PREFIX + old)
    localStorage.setItem(ORDER, JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

/**
 * A text this person has begun and not yet given to anybody, kept on this device: a reload, a closed tab or another page
 * in between does not lose it. It follows its key.
 */
export function useScratch(key: string): [string | null, (text: string | null) => void] {
  const [kept, setKept] = useState(() => ({ key, text: readScratch(key) }))
  const present = kept.key === key ? kept : { key, text: readScratch(key) }
  if (present !== kept) setKept(present)
  const keep = useCallback(
    (text: string | null) => {
      keepScratch(key, text)
      setKept({ key, text: text === '' ? null : text })
    },
    [key],
  )
  return [present.text, keep]
}

/**
 * The same for words that stand somewhere already and are being changed: what was begun, else `before`. Emptied it is empty. The third forgets what was
 * begun, when it was given or left.
 */
export function useEditScratch(key: string, before: string): [string, (text: string) => void, () => void] {
  const [text, setText] = useState(() => readScratch(key) ?? before)
  const change = useCallback(
    (next: string) => {
      keepScratch(key, next === before ? null : next)
      setText(next)
    },
    [key, before],
  )
  const forget = useCallback(() => void keepScratch(key, null), [key])
  return [text, change, forget]
}
