import { describe, expect, it } from 'vitest'
import { decideApproved } from './approval.ts'

const prompt = { title: 'Sort', version: 2 }
const person = (username: string, role: 'member' | 'approver' | 'owner', isActive = true) => ({ username, role, isActive })
const team = [person('Ada', 'owner'), person('Bob', 'member'), person('Cem', 'approver'), person('Dora', 'approver', false)]

describe('an approval (PROMPT-5, R11)', () => {
  it('stands for the text it was given to', () => {
    expect(decideApproved(prompt, { approved: true, seal: 'a' }, 'a', team)).toMatchObject({ ok: true })
    expect(decideApproved(prompt, { approved: true, seal: 'b' }, 'a', team)).toMatchObject({
      message: 'Sort v2 has changed since it was approved, and this project starts from approved prompts only. It waits for Ada or Cem.',
    })
  })

  it('that is missing, or was taken back, is refused naming those who can give it', () => {
    for (const approval of [undefined, { approved: false, seal: 'a' }]) {
      expect(decideApproved(prompt, approval, 'a', team)).toMatchObject({
        code: 'prompt-not-approved',
        message: 'Sort v2 is not approved, and this project starts from approved prompts only. It waits for Ada or Cem.',
      })
    }
    expect(decideApproved(prompt, undefined, 'a', [person('Bob', 'member')])).toMatchObject({
      message: expect.stringContaining('make somebody an approver'),
    })
  })
})
