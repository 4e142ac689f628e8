// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
import Download from 'lucide-react/icons/download'
import { useEffect, useState } from 'react'
import { buttonClasses } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { addressOf, type PictureSource, usePictureSource, whyNot } from './picture.tsx'

const NOT_HERE = 'This file is not on this device. It can be read when the server can be reached and has it.'

/** What a text file says, and the way to save it. */
export function FileDialog({ sha256, name, onClose }: { sha256: string; name: string; onClose: () => void }) {
  const source = usePictureSource()
  const [read, setRead] = useState<{ text: string } | { why: string } | null>(null)
  useEffect(() => {
    let isGone = false
    void readFile(source, sha256).then((found) => !isGone && setRead(found))
    return () => {
      isGone = true
    }
  }, [source, sha256])
  return (
    <Dialog
      title={name}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <a href={addressOf(source, sha256)} download={name} className={buttonClasses()}>
          <Download aria-hidden className="size-4" /> Download
        </a>
      }
    >
      <div aria-busy={read === null} className="min-h-24">
        {read && 'why' in read && <p className="text-sm text-muted">{read.why}</p>}
        {read && 'text' in read && (
          <pre
            tabIndex={0}
            className="max-h-[60dvh] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere"
          >
            {read.text}
          </pre>
        )}
      </div>
    </Dialog>
  )
}

async function readFile(source: PictureSource, sha256: string): Promise<{ text: string } | { why: string }> {
  const address = `/blobs/${sha256}`
  try {
    const waiting = source.waiting(sha256)
    if (waiting) return { text: await waiting.bytes.text() }
    const answer = await fetch(address)
    return answer.ok ? { text: await answer.text() } : { why: (await whyNot(address)) ?? NOT_HERE }
  } catch {
    return { why: NOT_HERE }
  }
}
