import { expect, test } from 'vitest'
import { pictureLink } from '#domain/core/picture.ts'
import { showPictures } from './show-pictures.ts'

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])
const AVIF = new TextEncoder().encode('....ftypavif....')
const hash = (digit: string) => digit.repeat(64)
const says = (content: string) => ({ role: 'user' as const, content })
const url = `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`
const shown = { type: 'image_url', image_url: { url } }

test('AGENT-12 a model that looks at pictures is sent each once, beside the words that name it', async () => {
  const asked: string[] = []
  const download = async (sha256: string) => {
    asked.push(sha256)
    return PNG
  }
  const link = pictureLink(hash('a'), 'till.png')
  const told = await showPictures(
    [{ role: 'system', content: link }, says(`Look: ${link}`), says(`Again ${link} and ${link}`), says('No picture.')],
    { takesPictures: true },
    download,
  )
  expect(told).toEqual([
    { role: 'system', content: link },
    says('Look: (picture: till.png)'),
    { role: 'user', content: [{ type: 'text', text: 'Again (picture: till.png) and (picture: till.png)' }, shown] },
    says('No picture.'),
  ])
  expect(asked).toEqual([hash('a')])
})

test('AGENT-12 one that does not is told their names, and nothing is fetched', async () => {
  let asked = 0
  const download = async () => {
    asked++
    return PNG
  }
  expect(await showPictures([says(pictureLink(hash('a'), 'till.png'))], { takesPictures: false }, download)).toEqual([
    says('(picture: till.png; it cannot be shown to you)'),
  ])
  expect(asked).toBe(0)
})

test('AGENT-12 what is gone, what providers do not read, and what is too much in all is named', async () => {
  const held: Record<string, Uint8Array | Error> = { [hash('b')]: AVIF, [hash('c')]: new Error('away') }
  const download = async (sha256: string): Promise<Uint8Array | null> => {
    const bytes = held[sha256] ?? null
    if (bytes instanceof Error) throw bytes
    return bytes
  }
  const text = ['a', 'b', 'c'].map((digit) => pictureLink(hash(digit), digit)).join(' ')
  const cannot = (name: string) => `(picture: ${name}; it cannot be shown to you)`
  expect(await showPictures([says(text)], { takesPictures: true }, download)).toEqual([says(['a', 'b', 'c'].map(cannot).join(' '))])

  const left: number[] = []
  const many = Array.from({ length: 10 }, (_, at) => says(pictureLink(hash(String(at)), `p${at}`)))
  const told = await showPictures(many, { takesPictures: true }, async (_, most) => {
    left.push(most)
    return PNG
  })
  expect(left, 'the room that is left shrinks').toEqual(Array.from({ length: 8 }, (_, at) => 12 * 1024 * 1024 - at * PNG.length))
  expect(told[0], 'the oldest give way').toEqual(says(cannot('p0')))
  expect(told.at(-1)?.content).toEqual([{ type: 'text', text: '(picture: p9)' }, shown])
})
