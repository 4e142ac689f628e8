import { describe, expect, test } from 'vitest'
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
  const parts: PictureParts = {
    store: {
      all: async () => [...disk.values()],
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
  }
  return { disk, seen, server, levers, parts }
}

describe('Pictures', () => {
  test('PICTURE-4 what is no picture, or too large, is refused before anything is kept', async () => {
    const { parts, disk } = device()
    const pictures = new Pictures(parts)
    expect(await pictures.take(new Blob(['<svg/>']))).toMatchObject({ code: 'not-a-picture' })
    expect(await pictures.take(new Blob([new Uint8Array(MAX_PICTURE + 1)]))).toMatchObject({ code: 'picture-too-large' })
    expect(await new Pictures({ ...parts, digest: async () => null }).take(png())).toMatchObject({ code: 'needs-https' })
    expect(disk.size).toBe(0)
  })

  test('PICTURE-4 PICTURE-5 offline it waits on the device, also over a reload, and is sent once when the server answers', async () => {
    const { parts, disk, server, seen, levers } = device()
    levers.isAway = true
    const pictures = new Pictures(parts)
    const taken = await pictures.take(png(1))
    const sha256 = taken.ok ? taken.value : ''
    await pictures.take(png(1))
    await pictures.send()
    expect([disk.size, server.length, pictures.count()]).toEqual([1, 0, 1])

    const later = new Pictures(parts)
    await later.load()
    expect(later.waiting(sha256)?.bytes.type).toBe('image/png')
    levers.isAway = false
    let told = 0
    later.subscribe(() => told++)
    await Promise.all([later.send(), later.send()])
    expect([disk.size, server.length, later.count(), told]).toEqual([0, 1, 0, 1])
    expect([...seen.keys()], 'it stays reachable offline').toEqual([sha256])
    expect(later.waiting(sha256)).toBeUndefined()
  })

  test('PICTURE-5 what the server refuses stays, with its sentence, and holds nobody up', async () => {
    const { parts, server, levers } = device()
    levers.isAway = true
    const pictures = new Pictures(parts)
    const taken = await pictures.take(png(1))
    await pictures.send()
    Object.assign(levers, { isAway: false, refuses: 'You may not store files here.' })
    await pictures.send()
    expect(pictures.waiting(taken.ok ? taken.value : '')?.refused).toBe('You may not store files here.')
    levers.refuses = null
    await pictures.take(png(2))
    await pictures.send()
    expect([server.length, pictures.count()]).toEqual([1, 0])
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
