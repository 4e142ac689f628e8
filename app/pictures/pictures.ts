import type { HeldPictures } from '#app/replica/shown.ts'
import { decideFile } from '#domain/core/attachment.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import type { WaitingPicture } from './waiting-store.ts'

/** What pictures need of the world: a store on this device, the server, the cache of what was seen. */
export type PictureParts = {
  store: { all: () => Promise<WaitingPicture[]>; keep: (picture: WaitingPicture) => Promise<void>; drop: (sha256: string) => Promise<void> }
  /** SHA-256 in hex; null where the browser has none. */
  digest: (bytes: ArrayBuffer) => Promise<string | null>
  /** Gives one to the server: null once it has it, `away` where it does not answer, else the sentence of its refusal. */
  send: (bytes: Blob) => Promise<'away' | { refused: string } | null>
  /** Keeps one where those that were seen are kept. */
  keepSeen: (sha256: string, bytes: Blob) => Promise<void>
  /** Says to the other tabs of this person that the store is not as it was. */
  changed: () => void
}

/** Pictures, and texts as files, on their way to the server: kept on this device, and shown from there, until it has them. */
export class Pictures {
  readonly #parts: PictureParts
  readonly #waiting = new Map<string, WaitingPicture>()
  readonly #listeners = new Set<() => void>()
  #sending: Promise<void> | null = null
  #held: HeldPictures = { isKnown: false, waiting: 0, refused: 0 }

  constructor(parts: PictureParts) {
    this.#parts = parts
  }

  /** Reads what waits on this device: since the page was closed last, or in another tab. */
  async load(): Promise<void> {
    try {
      const kept = await this.#parts.store.all()
      const pictures = kept.map((picture) => this.#sameAs(picture))
      this.#waiting.clear()
      for (const picture of pictures) this.#waiting.set(picture.sha256, picture)
    } catch {
      // A device that keeps nothing has none.
    }
    this.#tell()
  }

  /** The bytes that are shown already, so that a picture in sight is not drawn anew. */
  #sameAs(picture: WaitingPicture): WaitingPicture {
    const known = this.#waiting.get(picture.sha256)
    return known ? { ...picture, bytes: known.bytes } : picture
  }

  /**
   * PICTURE-4 FILE-1: takes a file in, if it is a picture or a text, and answers its hash and its kind once it is kept on this device: the words that
   * show it may be written then. The same file is one, however often it is taken in.
   */
  async take(file: Blob): Promise<Answer<{ sha256: string; type: string }>> {
    const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer())
    const allowed = await decideFile(file.size, read, new TextDecoder('utf-8', { fatal: true }))
    if (!allowed.ok) return allowed
    const bytes = new Blob([file], { type: allowed.value })
    const sha256 = await this.#parts.digest(await file.arrayBuffer())
    if (sha256 === null)
      return refuse('needs-https', 'Files can be added only over HTTPS, or on the machine that runs Slipway. Open it by such an address.')
    const picture: WaitingPicture = { sha256, bytes, refused: null }
    try {
      await this.#parts.store.keep(picture)
    } catch {
      const sent = await this.#parts.send(bytes)
      if (sent === null) return accept({ sha256, type: allowed.value })
      return sent === 'away'
        ? refuse('picture-not-kept', 'It cannot be kept on this device, and the server cannot be reached. Try again when it can.')
        : refuse('picture-refused', sent.refused)
    }
    this.#waiting.set(sha256, picture)
    this.#changed()
    void this.send()
    return accept({ sha256, type: allowed.value })
  }

  /** PICTURE-5: gives what waits to the server, one after the other; what it has is dropped here, and stays among what was seen. What it refuses stays, with why. */
  async send(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = null
    })
    await this.#sending
  }

  async #sendAll(): Promise<void> {
    // Those too that are taken in meanwhile.
    for (const picture of this.#waiting.values()) {
      if (picture.refused !== null) continue
      const sent = await this.#parts.send(picture.bytes)
      if (sent === 'away') return
      if (sent === null) {
        await this.#parts.keepSeen(picture.sha256, picture.bytes).catch(() => undefined)
        await this.#parts.store.drop(picture.sha256).catch(() => undefined)
        this.#waiting.delete(picture.sha256)
      } else {
        const refused = { ...picture, refused: sent.refused }
        await this.#parts.store.keep(refused).catch(() => undefined)
        this.#waiting.set(picture.sha256, refused)
      }
      this.#changed()
    }
  }

  /** PICTURE-6: tries once more what the server refused: it may be allowed by now. */
  async sendAgain(sha256: string): Promise<void> {
    const picture = this.#waiting.get(sha256)
    if (!picture) return
    this.#waiting.set(sha256, { ...picture, refused: null })
    this.#tell()
    await this.send()
  }

  /** PICTURE-6: lets go of a picture that the server refused. It is nowhere else. */
  async discard(sha256: string): Promise<void> {
    await this.#parts.store.drop(sha256)
    this.#waiting.delete(sha256)
    this.#changed()
  }

  /** The picture, where it is not on the server yet. */
  readonly waiting = (sha256: string): WaitingPicture | undefined => this.#waiting.get(sha256)

  /** How many wait to be sent, and how many were refused; the same object until that changes. */
  readonly held = (): HeldPictures => this.#held

  /** Those the server refused, with why. */
  get refused(): WaitingPicture[] {
    return [...this.#waiting.values()].filter(({ refused }) => refused !== null)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #changed(): void {
    this.#parts.changed()
    this.#tell()
  }

  #tell(): void {
    const refused = this.refused.length
    this.#held = { isKnown: true, waiting: this.#waiting.size - refused, refused }
    for (const listener of this.#listeners) listener()
  }
}
