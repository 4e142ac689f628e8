import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readProposals } from './use-proposals.ts'

const schema = z.object({ title: z.string() })

describe('readProposals', () => {
  it('reads what fits the schema', () => {
    expect(readProposals(schema, { status: 'done', result: { proposals: [{ title: 'a' }] } })).toEqual({
      ok: true,
      value: [{ title: 'a' }],
    })
  })
  it("says the provider's reason", () => {
    expect(readProposals(schema, { status: 'failed', reason: '429 slow down' })).toMatchObject({ ok: false, message: '429 slow down' })
  })
  it('refuses garbage and nothing', () => {
    expect(readProposals(schema, { status: 'done', result: { proposals: [{}] } })).toMatchObject({ code: 'proposals-unreadable' })
    expect(readProposals(schema, { status: 'done', result: { proposals: [] } })).toMatchObject({ code: 'proposals-empty' })
  })
})
