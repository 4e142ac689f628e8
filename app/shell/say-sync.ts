import type { SyncView } from '#app/replica/shown.ts'
import type { Tone } from '#app/ui/badge.tsx'

/** SHELL-2: the state in words, and beside it what still waits, and that the server is away or can't save. "on the server" is never softened or promised early. */
export function saySync({ state, connection, waiting, trouble }: SyncView): { tone: Tone; words: string; detail: string } {
  const tone: Tone = state === 'not saved' ? 'danger' : state === 'on this device' ? 'warn' : 'ok'
  const waits = waiting > 0 ? `${waiting} waiting` : ''
  const away = connection === 'offline' ? 'offline' : connection === 'refused' ? 'refused' : trouble ? "server can't save" : ''
  return { tone: state === 'on the server' && away ? 'warn' : tone, words: state, detail: [away, waits].filter(Boolean).join(', ') }
}
