import { useSyncExternalStore } from 'react'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
export type Look = { theme: Theme; contrast: 'normal' | 'more' }

const KEY = 'slipway.look'
const listeners = new Set<() => void>()
let present: Look | undefined

/** What this device remembers. `public/look.js` reads the same key before the first paint. */
function read(): Look {
  if (present) return present
  present = { theme: 'system', contrast: 'normal' }
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Look>
    present = { theme: THEMES.find((theme) => theme === kept.theme) ?? 'system', contrast: kept.contrast === 'more' ? 'more' : 'normal' }
  } catch {
    // Storage may be closed to us; the system's choice then stands.
  }
  return present
}

/** Changes the look and remembers it on this device. */
export function setLook(change: Partial<Look>): void {
  present = { ...read(), ...change }
  const root = document.documentElement
  if (present.theme === 'system') root.removeAttribute('data-theme')
  else root.setAttribute('data-theme', present.theme)
  if (present.contrast === 'more') root.setAttribute('data-contrast', 'more')
  else root.removeAttribute('data-contrast')
  try {
    localStorage.setItem(KEY, JSON.stringify(present))
  } catch {
    // The look holds until the page is closed.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const ON_SERVER: Look = { theme: 'system', contrast: 'normal' }

/** The look chosen on this device. */
export const useLook = (): Look => useSyncExternalStore(subscribe, read, () => ON_SERVER)
