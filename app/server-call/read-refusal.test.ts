import { describe, expect, it } from 'vitest'
import { readRefusal } from './read-refusal.ts'

describe('readRefusal', () => {
  it("says the server's own words", () => {
    const error = Object.assign(new Error('BAD_REQUEST'), {
      data: { refusal: { code: 'repo-not-found', message: 'No repository there.', field: 'path' } },
    })
    expect(readRefusal(error)).toEqual({ ok: false, code: 'repo-not-found', message: 'No repository there.', field: 'path' })
  })
  it('a server nobody reached is said so', () => {
    expect(readRefusal(new TypeError('Failed to fetch')).code).toBe('server-unreached')
    expect(readRefusal(new Error('x', { cause: new TypeError('NetworkError') })).code).toBe('server-unreached')
  })
  it('anything else keeps its cause', () => {
    expect(readRefusal(new Error('boom')).message).toContain('boom')
    expect(readRefusal('odd').code).toBe('server-failed')
  })
})
