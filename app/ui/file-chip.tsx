import FileText from 'lucide-react/icons/file-text'
import { useState, useSyncExternalStore } from 'react'
import { FileDialog } from './file-dialog.tsx'
import { usePictureSource } from './picture.tsx'

/** A text file kept here, by its name; a press opens its words. */
export function FileChip({ sha256, name, size }: { sha256: string; name: string; size: string }) {
  const source = usePictureSource()
  const waiting = useSyncExternalStore(source.subscribe, () => source.waiting(sha256))
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="my-0.5 inline-flex max-w-full items-center gap-1.5 rounded-md border border-line bg-surface px-2 py-0.5 align-bottom text-sm text-ink hover:border-edge hover:bg-hover pointer-coarse:py-1.5"
      >
        <FileText aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="min-w-0 truncate">{name}</span>
        {size && <span className="shrink-0 text-xs text-muted tabular">{size}</span>}
      </button>
      {waiting && (
        <span className={waiting.refused ? 'block text-xs text-danger' : 'block text-xs text-warn'}>
          {waiting.refused ?? 'This file is on this device, and not yet on the server.'}
        </span>
      )}
      {isOpen && <FileDialog sha256={sha256} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}
