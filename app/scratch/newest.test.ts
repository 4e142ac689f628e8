import { expect, test } from 'vitest'
import { withNewest } from './newest.ts'

test('DRAFT-1 the text written last is the newest, and the one begun longest ago gives way to the 201st', () => {
  expect(withNewest('["a","b"]', 'b')).toEqual({ kept: ['b', 'a'], gone: [] })
  expect(withNewest(null, 'a')).toEqual({ kept: ['a'], gone: [] })
  for (const broken of ['{', '5', '[1,null]']) expect(withNewest(broken, 'a')).toEqual({ kept: ['a'], gone: [] })
  const full = JSON.stringify(Array.from({ length: 200 }, (_, at) => `k${at}`))
  expect(withNewest(full, 'new').gone).toEqual(['k199'])
  expect(withNewest(full, 'k199')).toMatchObject({ gone: [] })
})
