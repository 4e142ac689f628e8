import type { Claim, RunEvent, TurnEnd } from '#domain/sessions/protocol.ts'

/** What the server answers a call about a turn: yes, that the lease is gone, or nothing at all. */
export type CallResult<T> = { ok: true; value: T } | { ok: false; why: 'lease-lost' | 'refused'; sentence: string }

/**
 * The server as the runner knows it. A call that got no answer throws and is told again by the caller; an answer is final.
 * Realized over tRPC, and by a fake with levers in tests.
 */
export type ServerPort = {
  hello: (runner: { runnerId: string; name: string; version: string }) => Promise<void>
  /** Waits up to 20 seconds for a turn; a quick one is anything but an execution. */
  claim: (runnerId: string, quick: boolean, signal: AbortSignal) => Promise<Claim | null>
  report: (turn: { turnId: string; fence: number; seq: number; events: RunEvent[] }) => Promise<CallResult<{ cancel: boolean }>>
  finish: (turn: { turnId: string; fence: number; seq: number; end: TurnEnd }) => Promise<CallResult<undefined>>
  /** Keeps bytes by their hash; answers the hash. */
  upload: (bytes: Uint8Array) => Promise<string>
  /** The bytes of a hash; null where the server has none, or more than `most`. */
  download: (sha256: string, most: number) => Promise<Uint8Array | null>
}
