import { keepsHere, type SyncView } from '#app/replica/shown.ts'
import type { Tone } from '#app/ui/badge.tsx'
import { sayBytes } from '#app/ui/say-bytes.ts'

/** SHELL-2: the state in words, and beside it that the server is away or can't save, that this device keeps nothing, and how much is on its way. "on the server" is never softened or promised early. */
export function saySync({ state, connection, trouble, coming, device }: SyncView): { tone: Tone; words: string; detail: string } {
  const tone: Tone = state === 'not saved' ? 'danger' : state === 'on this device' ? 'warn' : 'ok'
  const away = connection === 'offline' ? 'offline' : connection === 'refused' ? 'refused' : trouble ? "server can't save" : ''
  const unkept = keepsHere({ device }) ? '' : 'not kept here'
  const isCalm = state !== 'on the server' || !(away || unkept)
  return {
    tone: isCalm ? tone : 'warn',
    words: state,
    detail: [away, unkept, coming > 0 && `${sayBytes(coming)} coming`].filter(Boolean).join(', '),
  }
}
