import { expect, test } from 'vitest'
import { queuedOf } from './queued-of.ts'

const item = (messageId: string, state: 'waiting' | 'refused' = 'waiting', attemptId = 'a') => ({
  procedure: 'attempts.followUp',
  input: { attemptId, messageId, text: messageId },
  state,
})

test('CHAT-1 a message waits in sight until the server has written it', () => {
  const outbox = [
    item('one'),
    item('two'),
    item('other', 'waiting', 'b'),
    item('no', 'refused'),
    // Its words stand in the queue, and may have been taken back there.
    { ...item('queued'), input: { attemptId: 'a', messageId: 'queued' } },
    { procedure: 'attempts.cancel', input: { attemptId: 'a' }, state: 'waiting' as const },
  ]
  expect(queuedOf(outbox, 'a', []).map(({ messageId }) => messageId)).toEqual(['one', 'two'])
  expect(queuedOf(outbox, 'a', [{ id: 'one' }]).map(({ messageId }) => messageId)).toEqual(['two'])
})
