import { useCallback, useState } from 'react'

/** A small choice this device remembers (a width, an open panel); never anything people share. */
export function useKept<T extends string | number | boolean>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, fallback))
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // The choice holds until the page is closed.
      }
    },
    [key],
  )
  return [value, keep]
}

function read<T>(key: string, fallback: T): T {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return typeof kept === typeof fallback ? (kept as T) : fallback
  } catch {
    return fallback
  }
}
