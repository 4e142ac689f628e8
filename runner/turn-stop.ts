/**
 * The ways a turn ends before its work is done: one small family, thrown where it happens and read in one place.
 * `refused` and `limit` carry a sentence for people; the others say who ended it.
 */
export type WhyStopped = 'refused' | 'limit' | 'cancelled' | 'lease-lost' | 'shutdown'

export class TurnStop extends Error {
  readonly why: WhyStopped

  constructor(why: WhyStopped, sentence: string, options?: { cause?: unknown }) {
    super(sentence, options)
    this.name = 'TurnStop'
    this.why = why
  }
}

/** Ends the turn with one sentence that names cause and cure. */
export const stopTurn = (sentence: string, cause?: unknown): TurnStop =>
  new TurnStop('refused', sentence, cause === undefined ? {} : { cause })

/** The reason an aborted signal carries, when it is one of ours; else a plain cancellation. */
export function stopOf(signal: AbortSignal): TurnStop {
  return signal.reason instanceof TurnStop ? signal.reason : new TurnStop('cancelled', 'The run was cancelled.', { cause: signal.reason })
}

/** Throws the stop a signal carries, where it was aborted. */
export function throwIfStopped(signal: AbortSignal): void {
  if (signal.aborted) throw stopOf(signal)
}
