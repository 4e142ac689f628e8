import { WaitingStore } from '#app/pictures/waiting-store.ts'

/** What is known of pictures where calls are sent: those on their way from this device, by hash, and whether the server is there to take them. */
export type PicturesWorld = { onTheirWay: () => Promise<readonly string[]>; isOnline: () => boolean }

const LOOKS_MS = 1_000
/** Two minutes: so long the largest picture takes on a line of 700 kbit/s. */
const MOST_LOOKS = 120
/** A store that says nothing for so long has nothing to say. */
const SILENT_MS = 2_000

/**
 * REPLICA-26: answers how a call waits until the pictures that this device holds by then are with the server. One that was refused is not on its way;
 * where none arrives any more although the server is there, those left are given up, and no later call waits for them. Looks are counted, not the
 * time: a device that stood still has sent nothing meanwhile.
 */
export function picturesAhead({ onTheirWay, isOnline }: PicturesWorld): () => Promise<void> {
  const givenUp = new Set<string>()
  const look = async (): Promise<string[]> => {
    const held = await Promise.race([onTheirWay(), pause(SILENT_MS).then(() => [])]).catch(() => [])
    return held.filter((sha256) => !givenUp.has(sha256))
  }
  return async () => {
    let left = await look()
    for (let looks = 0; left.length > 0 && looks < MOST_LOOKS; looks++) {
      await pause(LOOKS_MS)
      const held = new Set(await look())
      const still = left.filter((sha256) => held.has(sha256))
      if (still.length < left.length || !isOnline()) looks = 0
      left = still
    }
    for (const sha256 of left) givenUp.add(sha256)
  }
}

/** The pictures of a member that wait on this device and were not refused; their store is opened when it is first asked. */
export function picturesOf(memberId: string): PicturesWorld['onTheirWay'] {
  let store: WaitingStore | undefined
  return async () => {
    store ??= new WaitingStore(memberId)
    return (await store.all()).flatMap(({ sha256, refused }) => (refused === null ? [sha256] : []))
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
