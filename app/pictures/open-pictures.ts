import { Pictures } from './pictures.ts'
import { sha256Of } from './sha256.ts'
import { WaitingStore } from './waiting-store.ts'

const AGAIN_MS = 15_000
/** Where the service worker keeps what was seen. */
const SEEN = 'slipway-blobs'

const opened = new Map<string, Pictures>()

/** The pictures of a member on this device; what waited is sent as soon as the server answers, and asked again while something waits. */
export function openPictures(memberId: string): Pictures {
  const known = opened.get(memberId)
  if (known) return known
  const tabs = new BroadcastChannel(`slipway-pictures.${memberId}`)
  const changed = (): void => tabs.postMessage(null)
  const pictures = new Pictures({ store: new WaitingStore(memberId), digest: sha256Of, send, keepSeen, changed })
  tabs.onmessage = () => void pictures.load()
  opened.set(memberId, pictures)
  const sendAgain = (): void => void (pictures.held().waiting > 0 && pictures.send())
  // Their end is what the pictures say of themselves.
  void pictures.load().then(sendAgain)
  window.addEventListener('online', sendAgain)
  setInterval(sendAgain, AGAIN_MS)
  return pictures
}

const REFUSALS = [403, 413, 415]

/** Gives a picture to the server; null once it has it. What this device cannot read any more counts as refused: it will never arrive. */
export async function send(bytes: Blob): Promise<'away' | { refused: string } | null> {
  try {
    const answer = await fetch('/blobs', { method: 'POST', body: bytes })
    if (answer.ok) return null
    if (!REFUSALS.includes(answer.status)) return 'away'
    return { refused: ((await answer.json()) as { message: string }).message }
  } catch {
    return (await isReadable(bytes)) ? 'away' : { refused: 'This device cannot read the file any more. Discard it, and add it again.' }
  }
}

const isReadable = (bytes: Blob): Promise<boolean> =>
  bytes
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

async function keepSeen(sha256: string, bytes: Blob): Promise<void> {
  if (!('caches' in window)) return
  const seen = await caches.open(SEEN)
  await seen.put(`/blobs/${sha256}`, new Response(bytes, { headers: { 'content-type': bytes.type } }))
}
