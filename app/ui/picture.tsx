import ImageOff from 'lucide-react/icons/image-off'
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'

/** Pictures and files that are on this device and not on the server yet. */
export type PictureSource = {
  subscribe: (listener: () => void) => () => void
  waiting: (sha256: string) => { bytes: Blob; refused: string | null } | undefined
}

const NONE: PictureSource = { subscribe: () => () => undefined, waiting: () => undefined }
export const PictureSourceContext = createContext<PictureSource>(NONE)

const addresses = new WeakMap<Blob, string>()

/** Where a picture or file can be had: on this device while it waits, else at the server, or among what this device has seen. */
export function addressOf(source: PictureSource, sha256: string): string {
  const waiting = source.waiting(sha256)
  if (!waiting) return `/blobs/${sha256}`
  const known = addresses.get(waiting.bytes) ?? URL.createObjectURL(waiting.bytes)
  addresses.set(waiting.bytes, known)
  return known
}

export const usePictureSource = (): PictureSource => useContext(PictureSourceContext)

/** A picture kept here, as large as there is room for it; a press saves it. Where it cannot be had its words stand for it. */
export function Picture({ sha256, words }: { sha256: string; words: string }) {
  const source = usePictureSource()
  const address = useSyncExternalStore(source.subscribe, () => addressOf(source, sha256))
  const refused = source.waiting(sha256)?.refused
  const isWaiting = address.startsWith('blob:')
  const [failed, setFailed] = useState<string | null>(null)
  const [why, setWhy] = useState(NOWHERE)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (failed === null) return
    const again = () => {
      setFailed(null)
      setTries((count) => count + 1)
    }
    const later = setTimeout(again, AGAIN_MS)
    window.addEventListener('online', again)
    return () => {
      clearTimeout(later)
      window.removeEventListener('online', again)
    }
  }, [failed])
  if (failed === address)
    return (
      <span className="my-1 inline-flex max-w-full items-center gap-2 rounded-md border border-dashed border-edge px-2.5 py-1.5 text-xs text-muted">
        <ImageOff aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 break-words">
          {words}: {why}
        </span>
      </span>
    )
  return (
    <span className="my-1 block">
      <a href={address} target="_blank" rel="noreferrer noopener" className="inline-block max-w-full rounded-md">
        <img
          key={tries}
          src={address}
          alt={words}
          loading="lazy"
          onError={() => {
            setFailed(address)
            void whyNot(address).then((said) => setWhy(said ?? NOWHERE))
          }}
          className="max-h-96 max-w-full rounded-md border border-line bg-surface object-contain"
        />
      </a>
      {isWaiting && (
        <span className={refused ? 'block text-xs text-danger' : 'block text-xs text-warn'}>
          {refused ?? 'This picture is on this device, and not yet on the server.'}
        </span>
      )}
    </span>
  )
}

/** What stands in the place of a picture that cannot be had, after its words. */
export const NOWHERE =
  'this picture is not on this device. It appears by itself when the server can be reached and has it; if it does not, put it in again.'

/** Why a picture or file cannot be had: the server's sentence where it had it once; null where nothing is known. */
export async function whyNot(address: string): Promise<string | null> {
  const answer = await fetch(address).catch(() => null)
  return answer?.status === 410 ? ((await answer.json()) as { message: string }).message : null
}

/** It may come to the server later than the words that show it. */
export const AGAIN_MS = 15_000
