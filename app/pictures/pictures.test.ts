import { describe, expect, test } from 'vitest'
import { MAX_TEXT } from '#domain/core/attachment.ts'
import { MAX_PICTURE } from '#domain/core/picture.ts'
import { type PictureParts, Pictures } from './pictures.ts'
import type { WaitingPicture } from './waiting-store.ts'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const png = (...more: number[]) => new Blob([new Uint8Array([...PNG, ...more])])
/** A device with levers: a disk, and a server that may be away or refuse. */
function device() {
  const disk = new Map<string, WaitingPicture>()
  const seen = new Map<string, Blob>()
  const server: Blob[] = []
  const levers = { isAway: false, refuses: null as string | null, diskIsFull: false }
  const tabs = { told: 0 }
  const parts: PictureParts = {
    store: {
      // As a disk does: the same bytes, and not the same object.
      all: async () => [...disk.values()].map((kept) => ({ ...kept, bytes: kept.bytes.slice(0, kept.bytes.size, kept.bytes.type) })),
      keep: async (picture) => {
        if (levers.diskIsFull) throw new Error('full')
        disk.set(picture.sha256, picture)
      },
      drop: async (sha256) => void disk.delete(sha256),
    },
    digest: async (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    send: async (bytes) => {
      if (levers.isAway) return 'away'
      if (levers.refuses !== null) return { refused: levers.refuses }
      server.push(bytes)
      return null
    },
    keepSeen: async (sha256, bytes) => void seen.set(sha256, bytes),
    changed: () => void tabs.told++,
  }
  return { tabs, disk, seen, server, levers, parts }
}

describe('Pictures', () => {
  test('PICTURE-4 FILE-1 what is no picture and no text, or too large, is refused before anything is kept', async () => {
    const { parts, disk } = device()
    const pictures = new Pictures(parts)
    expect(await pictures.take(new Blob(['PK', new Uint8Array([3, 4])]))).toMatchObject({ code: 'file-not-taken' })
    expect(await pictures.take(new Blob([png(), new Uint8Array(MAX_PICTURE)]))).toMatchObject({ code: 'picture-too-large' })
    expect(await pictures.take(new Blob(['x'.repeat(MAX_TEXT + 1)]))).toMatchObject({ code: 'text-too-large' })
    expect(await new Pictures({ ...parts, digest: async () => null }).take(png())).toMatchObject({ code: 'needs-https' })
    expect(disk.size).toBe(0)
  })

  test('PICTURE-4 PICTURE-5 offline it waits on the device, also over a reload, and is sent once when the server answers', async () => {
    const { parts, disk, server, seen, levers } = device()
    levers.isAway = true
    const pictures = new Pictures(parts)
    const taken = await pictures.take(png(1))
    const sha256 = taken.ok ? taken.value.sha256 : ''
    await pictures.take(png(1))
    await pictures.send()
    expect([disk.size, server.length, pictures.held().waiting]).toEqual([1, 0, 1])

    const later = new Pictures(parts)
    await later.load()
    expect(later.waiting(sha256)?.bytes.type).toBe('image/png')
    levers.isAway = false
    let told = 0
    later.subscribe(() => told++)
    await Promise.all([later.send(), later.send()])
    expect([disk.size, server.length, later.held().waiting, told]).toEqual([0, 1, 0, 1])
    expect([...seen.keys()], 'it stays reachable offline').toEqual([sha256])
    expect(later.waiting(sha256)).toBeUndefined()
  })

  test('PICTURE-5 what is taken in while another one is sent is sent after it', async () => {
    const { parts, server } = device()
    let arrive = (): void => undefined
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const pictures = new Pictures({ ...parts, send: (bytes) => arrived.then(() => parts.send(bytes)) })
    for (const more of [1, 2]) await pictures.take(png(more))
    arrive()
    await pictures.send()
    expect([server.length, pictures.held().waiting]).toEqual([2, 0])
  })

  test('FILE-1 a text goes the same way, as words and nothing else', async () => {
    const { parts, server, seen } = device()
    const pictures = new Pictures(parts)
    const taken = await pictures.take(new File(['<script/>'], 'page.html', { type: 'text/html' }))
    await pictures.send()
    expect(taken).toMatchObject({ ok: true, value: { type: 'text/plain' } })
    expect([...server, ...seen.values()].map(({ type }) => type)).toEqual(['text/plain', 'text/plain'])
  })

  test('PICTURE-5 what the server refuses stays, with its sentence, and holds nobody up', async () => {
    const { parts, server, levers } = device()
    levers.isAway = true
    const pictures = new Pictures(parts)
    const taken = await pictures.take(png(1))
    await pictures.send()
    Object.assign(levers, { isAway: false, refuses: 'You may not store files here.' })
    await pictures.send()
    expect(pictures.waiting(taken.ok ? taken.value.sha256 : '')?.refused).toBe('You may not store files here.')
    levers.refuses = null
    await pictures.take(png(2))
    await pictures.send()
    expect([server.length, pictures.held().waiting]).toEqual([1, 0])
  })

  test('PICTURE-6 what the server refused is held, and can be tried again or let go', async () => {
    const { parts, disk, server, levers } = device()
    levers.refuses = 'You may not store files here.'
    const pictures = new Pictures(parts)
    await pictures.load()
    for (const more of [1, 2]) await pictures.take(png(more))
    await pictures.send()
    expect(pictures.held()).toEqual({ isKnown: true, waiting: 0, refused: 2 })
    const [first, second] = pictures.refused.map(({ sha256 }) => sha256)
    levers.refuses = null
    await pictures.sendAgain(first ?? '')
    await pictures.discard(second ?? '')
    expect([server.length, disk.size, pictures.held()]).toEqual([1, 0, { isKnown: true, waiting: 0, refused: 0 }])
  })

  test('PICTURE-5 S6 what waits is not known before the store was read, and a tab hears what another one took in or sent', async () => {
    const { parts, levers } = device()
    levers.isAway = true
    const other = new Pictures(parts)
    const mine = new Pictures({ ...parts, changed: () => void reload() })
    let reloaded: Promise<void> = Promise.resolve()
    const reload = (): void => {
      reloaded = other.load()
    }
    expect(other.held().isKnown).toBe(false)
    await mine.load()
    const taken = await mine.take(png(1))
    await reloaded
    const shown = other.waiting(taken.ok ? taken.value.sha256 : '')?.bytes
    expect(other.held()).toEqual({ isKnown: true, waiting: 1, refused: 0 })
    await other.load()
    expect(other.waiting(taken.ok ? taken.value.sha256 : '')?.bytes, 'what is shown is not drawn anew').toBe(shown)
    levers.isAway = false
    await mine.send()
    await reloaded
    expect(other.held()).toEqual({ isKnown: true, waiting: 0, refused: 0 })
  })

  test('PICTURE-4 a device that keeps nothing gives it to the server at once, or says that it cannot', async () => {
    const { parts, server, levers } = device()
    levers.diskIsFull = true
    const pictures = new Pictures(parts)
    expect((await pictures.take(png(1))).ok).toBe(true)
    expect(server).toHaveLength(1)
    levers.isAway = true
    expect(await pictures.take(png(2))).toMatchObject({ code: 'picture-not-kept' })
  })
})
