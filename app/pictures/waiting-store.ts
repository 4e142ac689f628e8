import { answerOf, completed } from '#app/replica/idb.ts'

/** A picture that is not on the server yet. `refused`: the server's sentence, when it will not have it. */
export type WaitingPicture = { sha256: string; bytes: Blob; refused: string | null }

/** Where pictures wait on this device until the server has them; one a person, for each is sent in its person's name. */
export class WaitingStore {
  readonly #opening: Promise<IDBDatabase>

  constructor(memberId: string) {
    this.#opening = open(memberId)
    // Whoever asks for it hears of it; a page is drawn also where the browser refuses all storage.
    this.#opening.catch(() => undefined)
  }

  /** Every picture that waits. */
  async all(): Promise<WaitingPicture[]> {
    const database = await this.#opening
    return await answerOf<WaitingPicture[]>(database.transaction('waiting').objectStore('waiting').getAll())
  }

  /** Keeps a picture; resolves once it is on the disk. */
  async keep(picture: WaitingPicture): Promise<void> {
    await this.#write((store) => store.put(picture))
  }

  async drop(sha256: string): Promise<void> {
    await this.#write((store) => store.delete(sha256))
  }

  async #write(act: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = (await this.#opening).transaction('waiting', 'readwrite', { durability: 'strict' })
    act(transaction.objectStore('waiting'))
    await completed(transaction)
  }
}

/** Rejects where there is no store, also where a browser throws at the mere name of it. */
async function open(memberId: string): Promise<IDBDatabase> {
  const request = indexedDB.open(`slipway-pictures.${memberId}`, 1)
  request.onupgradeneeded = () => request.result.createObjectStore('waiting', { keyPath: 'sha256' })
  return await answerOf(request)
}
