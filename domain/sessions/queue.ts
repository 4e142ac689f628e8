import type { AttemptStatus } from '#domain/attempts/schema.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { compareOrder } from '#domain/core/order.ts'

/** The turn that a message to an agent causes: known before the server has heard of it, so that what was sent with it can be told. */
export const followUpTurn = (messageId: string): string => derivedId(messageId, 'turn')

type Queued = { id: string; order: string }
/** A turn of the record that waits. */
type Asked = { id: string; interrupts: boolean }

/** Messages in the order in which the agent reads them. */
export const inQueueOrder = <Q extends Queued>(queue: readonly Q[]): Q[] => [...queue].sort(compareOrder)

/**
 * QUEUE-2: what the agent of an attempt reads next, now that its turn has ended: after one that succeeded the first in the queue, after one that was
 * stopped the first that it was stopped for. After a failure nothing: the queue waits until somebody looks. Only what the server was asked for counts.
 */
export function nextInQueue<Q extends Queued>(queue: readonly Q[], asked: readonly Asked[], ended: AttemptStatus): Q | undefined {
  if (ended !== 'succeeded' && ended !== 'cancelled') return undefined
  const turns = new Map(asked.map((turn) => [turn.id, turn]))
  return inQueueOrder(queue).find(({ id }) => {
    const turn = turns.get(followUpTurn(id))
    return turn !== undefined && (ended === 'succeeded' || turn.interrupts)
  })
}
