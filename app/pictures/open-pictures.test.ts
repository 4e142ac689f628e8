import { afterEach, expect, test, vi } from 'vitest'
import { send } from './open-pictures.ts'

afterEach(() => void vi.unstubAllGlobals())

test('PICTURE-5 a server that is away is asked again; what this device cannot read any more is no picture on its way', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  const picture = new Blob(['words'])
  expect(await send(picture)).toBe('away')
  const lost = new Blob(['words'])
  lost.slice = () => Object.assign(new Blob([]), { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) })
  expect(await send(lost)).toMatchObject({ refused: expect.stringContaining('cannot read') })
})
