import { expect, it } from 'vitest'
import { filesOf } from './diff-hunks.ts'
import { fileWithoutWhitespace } from './diff-whitespace.ts'
import { anchorOf, linesOf } from './review-anchor.ts'

const PATCH = `diff --git a/pay.ts b/pay.ts
--- a/pay.ts
+++ b/pay.ts
@@ -1,4 +1,5 @@
 const a = 1
-return total
+const b = 2
+return total
 }
 }
`

it('REVIEW-3 a note stands on the nearest line that reads as it did, on its own side, or on none', () => {
  const [file] = filesOf(PATCH)
  if (!file) return expect.unreachable()
  const lines = linesOf(file)
  expect(lines.map(({ side, line, quote }) => `${side} ${line} ${quote}`)).toEqual([
    'new 1 const a = 1',
    'old 2 return total',
    'new 2 const b = 2',
    'new 3 return total',
    'new 4 }',
    'new 5 }',
  ])
  const keyAt = (side: 'old' | 'new', line: number, quote: string): number => {
    const key = anchorOf(lines, { side, line, quote })
    return lines.findIndex((each) => each.key === key)
  }
  expect(keyAt('old', 2, 'return total')).toBe(1)
  expect(keyAt('new', 30, 'return total')).toBe(3)
  expect([keyAt('new', 1, '}'), keyAt('new', 5, '}')]).toEqual([4, 5])
  expect(keyAt('new', 3, 'return nothing')).toBe(-1)
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
})

it('REVIEW-3 a note on either state of a line stands on it where white space is ignored', () => {
  const [file] = filesOf(
    'diff --git a/pay.ts b/pay.ts\n--- a/pay.ts\n+++ b/pay.ts\n@@ -1,2 +1,3 @@\n+if (a)\n-return total\n+  return total\n }\n',
  )
  if (!file) return expect.unreachable()
  const lines = linesOf(fileWithoutWhitespace(file))
  const [, line] = lines
  expect(line).toMatchObject({ side: 'new', line: 2, quote: '  return total' })
  expect(anchorOf(lines, { side: 'old', line: 1, quote: 'return total' })).toBe(line?.key)
  expect(anchorOf(lines, { side: 'new', line: 2, quote: '  return total' })).toBe(line?.key)
  expect(anchorOf(lines, { side: 'new', line: 2, quote: 'return total' })).toBeNull()
})
