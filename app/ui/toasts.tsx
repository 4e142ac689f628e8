import { type FunctionComponent, useCallback, useEffect, useState } from 'react'
import { idle } from './idle.ts'

/** A page is drawn before anything is said on it: until then the corner is not needed, and weighs on no page. */
const PATIENCE_MS = 3_000

type Toast = typeof import('./toast-box.tsx').toast
type Said = (toast: Toast) => void

const AGAIN_MS = 5_000

/** Without a connection, and not kept yet, it comes when it can. */
const fetchBox = (): Promise<typeof import('./toast-box.tsx')> =>
  import('./toast-box.tsx').catch(() => new Promise((resolve) => setTimeout(() => resolve(fetchBox()), AGAIN_MS)))

/** What was said before the corner was there; after that it is said at once. */
let waiting: Said[] = []
let toast: Toast | null = null
let hurry: () => void = () => undefined
const isAsked = new Promise<void>((resolve) => {
  hurry = resolve
})

function say(said: Said): void {
  if (toast) return said(toast)
  waiting.push(said)
  hurry()
}

/** The corner where short sentences appear; stands once, in the root. It is fetched when the page is idle, or at the first thing said. */
export function Toasts() {
  const [box, setBox] = useState<{ Box: FunctionComponent<{ onReady: () => void }>; toast: Toast } | null>(null)
  useEffect(() => {
    void Promise.race([idle(PATIENCE_MS), isAsked])
      .then(fetchBox)
      .then(({ ToastBox, toast }) => setBox({ Box: ToastBox, toast }))
  }, [])
  const ready = useCallback(() => {
    toast = box?.toast ?? null
    const said = waiting
    waiting = []
    for (const one of said) say(one)
  }, [box])
  return box && <box.Box onReady={ready} />
}

/** Says a refusal: one sentence that names cause and cure. The same sentence twice shows once. */
export const sayRefusal = (message: string): void => say((toast) => toast.error(message, { id: message, duration: 8000 }))

/** Says that something is done, perhaps with the way back. */
export const sayDone = (message: string, action?: { label: string; run: () => void }): void =>
  say((toast) =>
    toast.success(message, { id: message, duration: 4000, ...(action ? { action: { label: action.label, onClick: action.run } } : {}) }),
  )

/** Says that something happened elsewhere, with the way to it. */
export const sayNews = (message: string, open: () => void): void =>
  say((toast) => toast(message, { id: message, duration: 8000, action: { label: 'Open', onClick: open } }))
