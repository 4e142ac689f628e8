import { expect, it } from 'vitest'
import { readFailure } from './failure.ts'

const failed = (code: string | undefined) => readFailure(Object.assign(new Error('said so'), code === undefined ? {} : { code }), null)

it.each([
  ['a lost connection', undefined],
  ['nobody there', 'ECONNREFUSED'],
  ['a restart', '57P01'],
  ['a changed password', '28P01'],
  ['a statement that took too long', '57014'],
  ['a lock it did not get', '55P03'],
  ['a transaction that was idle too long', '25P03'],
  ['too many connections', '53300'],
  ['damage', 'XX001'],
])('JOURNAL-10 %s gives up nothing of what people wrote', async (_what, code) => {
  const { passing, sentence } = await failed(code)
  expect(passing).toBe(true)
  expect(sentence).toMatch(/^The server's database .* It is tried again by itself\.$/)
})

it.each([
  ['a value that cannot be', '22021'],
  ['a value of which there is one already', '23505'],
  ['a row that is too large', '54000'],
  ['a question that makes no sense', '42703'],
])('JOURNAL-10 %s is refused for good', async (_what, code) => {
  expect((await failed(code)).passing).toBe(false)
})
