import { useCallback, useState } from 'react'

const PREFIX = 'slipway.scratch.'

/** What is kept under a key on this device. */
export function readScratch(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key)
  } catch {
    return null
  }
}

/** Keeps, or with null forgets, a text under a key on this device. False where the device keeps nothing. */
export function keepScratch(key: string, text: string | null): boolean {
  try {
    if (text === null || text === '') localStorage.removeItem(PREFIX + key)
    else localStorage.setItem(PREFIX + key, text)
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
