import { expect, test } from 'vitest'
import { KEPT, LogLines } from './log-feed.ts'

const raw = (seq: number, text: string) => ({ seq, stream: 'stdout', text })

test('LOG-2 lines told twice count once', () => {
  const log = new LogLines()
  expect(log.take([raw(1, 'a'), raw(2, 'b')])).toBe(true)
  expect(log.take([raw(2, 'b'), raw(3, 'c')])).toBe(true)
  expect(log.take([raw(3, 'c')])).toBe(false)
  expect(log.lines.map(({ text }) => text)).toEqual(['a', 'b', 'c'])
})

test('LOG-2 one told piece may hold several lines, and its last line end makes no empty one', () => {
  const log = new LogLines()
  log.take([raw(1, 'one\n\u001b[31mtwo\u001b[0m\n')])
  expect(log.lines.map(({ text }) => text)).toEqual(['one', 'two'])
})

test('LOG-2 the oldest lines give way, and are counted', () => {
  const log = new LogLines()
  for (let at = 0; at < 12; at++) log.take([raw(at + 1, 'x\n'.repeat(KEPT / 10))])
  expect(log.lines.length).toBeLessThanOrEqual(KEPT * 1.1)
  expect(log.lines.length + log.dropped).toBe((KEPT / 10) * 12)
})
