import { send } from './open-pictures.ts'

/**
 * PICTURE-9: gives the server the pictures that it removed and that are shown again, where this device still has them. `wanted`: their hashes;
 * `seen`: one among what this device has seen, null where it has not; `send`: null once the server has it. Answers how many it took.
 */
export async function bringBack(
  wanted: readonly string[],
  seen: (sha256: string) => Promise<Blob | null>,
  send: (bytes: Blob) => Promise<unknown>,
): Promise<number> {
  let taken = 0
  for (const sha256 of wanted) {
    const bytes = await seen(sha256)
    if (bytes && (await send(bytes)) === null) taken++
  }
  return taken
}

/** PICTURE-9: sends what is `wanted` now of what this device has seen and kept. */
export async function bringBackWanted(wanted: () => Promise<string[]>): Promise<void> {
  const seen = async (sha256: string) => (await (await caches.match(`/blobs/${sha256}`, { ignoreVary: true }))?.blob()) ?? null
  if (navigator.onLine) await bringBack(await wanted(), seen, send)
}
