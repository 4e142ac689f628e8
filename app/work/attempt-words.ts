import type { Tone } from '#app/ui/badge.tsx'
import type { AttemptStatus } from '#domain/attempts/schema.ts'

/** What an attempt's status is called and how it looks; `isLive` while a runner has it, or is about to. */
export const ATTEMPT_LOOKS: Readonly<Record<AttemptStatus, { label: string; tone: Tone; isLive: boolean }>> = {
  queued: { label: 'queued', tone: 'neutral', isLive: true },
  preparing: { label: 'preparing', tone: 'accent', isLive: true },
  running: { label: 'running', tone: 'accent', isLive: true },
  succeeded: { label: 'succeeded', tone: 'ok', isLive: false },
  failed: { label: 'failed', tone: 'danger', isLive: false },
  cancelled: { label: 'cancelled', tone: 'neutral', isLive: false },
  interrupted: { label: 'interrupted', tone: 'warn', isLive: false },
}

/** Where an attempt stands among those that wait for room on the board: short for a card, whole for its page. */
export const sayPlace = (place: number): { short: string; whole: string } => ({
  short: `no. ${place} in line`,
  whole: `Waits for room in the column of cards in progress, as number ${place} in line. It begins by itself.`,
})

/** Who an agent is to people: `agent:builtin` and `builtin` are the built-in one, others go by their own name. */
export const sayAgent = (author: string): string => {
  const name = author.replace(/^agent:/, '')
  return name === 'builtin' ? 'Built-in' : name
}
