import { afterEach, expect, it, vi } from 'vitest'
import { Candidate } from './candidate.ts'

afterEach(() => vi.unstubAllGlobals())

type Request = { options: { steal?: boolean; signal?: AbortSignal }; grant: () => void; rob: () => void }

/** Locks that are given and taken by hand. */
function locksByHand(): Request[] {
  const requests: Request[] = []
  const request = (_name: string, options: Request['options'], granted: () => unknown): Promise<unknown> =>
    new Promise((_resolve, reject) => {
      const refuse = () => reject(new DOMException('', 'AbortError'))
      options.signal?.addEventListener('abort', refuse)
      requests.push({ options, grant: () => void granted(), rob: refuse })
    })
  vi.stubGlobal('navigator', { locks: { request } })
  return requests
}

it('REPLICA-1 a candidate that is asked twice to take over takes the lock once, leads once, and is robbed only by others', async () => {
  const requests = locksByHand()
  const [leads, robbed] = [vi.fn(), vi.fn()]
  const candidate = new Candidate('kept', leads, robbed)
  candidate.takeOver()
  candidate.takeOver()
  expect(requests.map(({ options }) => options.steal ?? false)).toEqual([false, true])
  requests[1]?.grant()
  candidate.takeOver()
  await Promise.resolve()
  expect([requests.length, leads.mock.calls.length, robbed.mock.calls.length]).toEqual([2, 1, 0])
  requests[1]?.rob()
  await vi.waitFor(() => expect(robbed).toHaveBeenCalledOnce())
})
