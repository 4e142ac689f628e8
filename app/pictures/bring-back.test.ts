import { expect, test } from 'vitest'
import { bringBack } from './bring-back.ts'

test('PICTURE-9 a device gives back what it still has of what is shown again, and nothing else', async () => {
  const [kept, other] = [new Blob(['kept']), new Blob(['other'])]
  const seen = new Map([['a', kept], ['b', other]]) // biome-ignore format: one line
  const sent: Blob[] = []
  const send = async (bytes: Blob) => (sent.push(bytes) > 1 ? 'away' : null)
  expect(await bringBack(['x', 'a', 'b'], async (sha256) => seen.get(sha256) ?? null, send)).toBe(1)
  expect(sent).toEqual([kept, other])
})
