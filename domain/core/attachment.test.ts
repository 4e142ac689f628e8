import { expect, test } from 'vitest'
import { attachmentsIn, cutAtAttachments, decideFile, fileLink, MAX_TEXT, readText, withoutAttachments } from './attachment.ts'
import { MAX_PICTURE, pictureLink } from './picture.ts'

const utf8 = () => new TextDecoder('utf-8', { fatal: true })
const bytesOf = (text: string) => new TextEncoder().encode(text)
const decide = (bytes: Uint8Array, size = bytes.length) => decideFile(size, async (from, to) => bytes.subarray(from, to), utf8())

test('FILE-1 a file is a picture or a text by what is in it, whatever it is called', async () => {
  for (const text of ['# Notes', '{"a":1}', 'a;b\r\n1;2', '\u001b[31mred\u001b[0m', '<svg/>', 'ä€😀', '\ufeffwith a mark'])
    expect(await decide(bytesOf(text)), text).toEqual({ ok: true, value: 'text/plain' })
  expect(await decide(bytesOf('GIF89a'))).toEqual({ ok: true, value: 'image/gif' })
  const others = [
    new Uint8Array([0x50, 0x4b, 3, 4]),
    bytesOf('a\0b'),
    new Uint8Array([0xe4, 0x6f]),
    bytesOf('%PDF-1.7\nwords'),
    bytesOf(''),
  ]
  for (const other of others) expect(await decide(other)).toMatchObject({ ok: false, code: 'file-not-taken' })
})

test('FILE-1 a refusal names the cause and the cure', async () => {
  const long = bytesOf('ä'.repeat(MAX_TEXT))
  expect(await decide(long)).toMatchObject({
    code: 'text-too-large',
    message: 'A text file can have at most 256 kB, and this one has 512 kB. Cut out the part that counts.',
  })
  // The bound lies in the middle of a letter.
  expect(await decide(bytesOf(`a${'ä'.repeat(MAX_TEXT)}`))).toMatchObject({ code: 'text-too-large' })
  expect(await decide(bytesOf('x'.repeat(MAX_TEXT)))).toMatchObject({ ok: true })
  expect(await decide(new Uint8Array(MAX_TEXT + 1))).toMatchObject({ message: expect.stringMatching(/PNG, JPEG.*UTF-8: Markdown/) })
  expect(await decide(bytesOf('GIF89a'), MAX_PICTURE + 1)).toMatchObject({ code: 'picture-too-large' })
})

test('FILE-1 a text is read as it is, and half a letter at its end is none', () => {
  expect(readText(bytesOf('ä'), utf8())).toBe('ä')
  expect(readText(bytesOf('ä').subarray(0, 1), utf8())).toBeNull()
})

test('PICTURE-7 FILE-2 the pictures and files of a text are found in its order, and words can stand for them; those from elsewhere are none kept here', () => {
  const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]
  const text = `Look ${pictureLink(a, 'one [1].png')}\n${pictureLink(b, '')} and ${fileLink(c, '__init__ a_b [2].py', '12 kB')} ![x](https://example.org/x.png) [y](/blobs/y)`
  expect(attachmentsIn(text)).toMatchObject([
    { kind: 'picture', sha256: a, name: 'one  1 .png', size: '' },
    { kind: 'picture', sha256: b, name: 'picture', size: '' },
    { kind: 'file', sha256: c, name: '__init__ a_b  2 .py', size: '12 kB' },
  ])
  expect(text).toContain('[\\_\\_init\\_\\_ a_b  2 .py]')
  expect(withoutAttachments(text, ({ kind, name }) => `<${kind} ${name}>`)).toBe(
    'Look <picture one  1 .png>\n<picture picture> and <file __init__ a_b  2 .py> ![x](https://example.org/x.png) [y](/blobs/y)',
  )
  expect(cutAtAttachments(text).map(({ words, attachment }) => [words, attachment?.sha256])).toEqual([
    ['Look ', a],
    ['\n', b],
    [' and ', c],
    [' ![x](https://example.org/x.png) [y](/blobs/y)', undefined],
  ])
  expect(cutAtAttachments('')).toEqual([{ words: '', attachment: null }])
  expect(attachmentsIn(fileLink(a, '[]\n', '1 kB'))).toMatchObject([{ name: 'file' }])
})
