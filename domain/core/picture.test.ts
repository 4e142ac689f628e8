import { expect, test } from 'vitest'
import { MAX_PICTURE, pictureAt, pictureLink, pictureType, tooLarge } from './picture.ts'

const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part].map((letter) => letter.charCodeAt(0)))))

test('PICTURE-1 a picture is what its first bytes say, whatever it is called', () => {
  expect(pictureType(bytes(0x89, 'PNG\r\n', 0x1a, '\n'))).toBe('image/png')
  expect(pictureType(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg')
  expect(pictureType(bytes('GIF89a'))).toBe('image/gif')
  expect(pictureType(bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 '))).toBe('image/webp')
  expect(pictureType(bytes(0, 0, 0, 0x1c, 'ftypavif'))).toBe('image/avif')
  for (const other of ['', 'RIFF1234WAVE', '<svg xmlns="', '<!doctype html>', '%PDF-1.7', '    ftypmp42', 'diff --git a/x', 'GIF8'])
    expect(pictureType(bytes(other)), other).toBeNull()
})

test('PICTURE-2 a refusal names the cause and the cure', () => {
  expect(tooLarge(MAX_PICTURE + 1).message).toContain('at most 10 MB, and this one has 11 MB. Make it smaller')
})

test('PICTURE-3 only pictures kept here are shown, and a name is no way out of the link', () => {
  const hash = 'a'.repeat(64)
  expect(pictureAt(`/blobs/${hash}`)).toBe(hash)
  for (const elsewhere of [
    `https://else.where/blobs/${hash}`,
    `//else.where/blobs/${hash}`,
    `/blobs/${hash}?x`,
    '/blobs/../trpc',
    'data:image/png;base64,AA',
    undefined,
  ])
    expect(pictureAt(elsewhere)).toBeNull()
  expect(pictureLink(hash, 'till](javascript:x)[\n.png')).toBe(`![till (javascript:x)  .png](/blobs/${hash})`)
})
