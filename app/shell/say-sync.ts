import { keepsHere, type SyncView } from '#app/replica/shown.ts'
import type { Tone } from '#app/ui/badge.tsx'

/** SHELL-2: the state in words, and beside it that the server is away or can't save, and that this device keeps nothing. "on the server" is never softened or promised early. */
export function saySync({ state, connection, trouble, device }: SyncView): { tone: Tone; words: string; detail: string } {
  const tone: Tone = state === 'not saved' ? 'danger' : state === 'on this device' ? 'warn' : 'ok'
  const away = connection === 'offline' ? 'offline' : connection === 'refused' ? 'refused' : trouble ? "server can't save" : ''
  const unkept = keepsHere({ device }) ? '' : 'not kept here'
  const isCalm = state !== 'on the server' || !(away || unkept)
  return { tone: isCalm ? tone : 'warn', words: state, detail: [away, unkept].filter(Boolean).join(', ') }
}
