import { type MutableRefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { classes } from './classes.ts'
import type { Offers } from './offers.ts'
import type { Written } from './own-words.ts'
import { PickFiles } from './pick-files.tsx'
import { usePictureSource } from './picture.tsx'
import type { Mounted } from './shared-text-editor.ts'
import type { SharedTextSource } from './shared-text-source.ts'
import { WordsBefore } from './words-before.tsx'

type SharedTextProps = {
  /** The accessible name of the editor. */
  label: string
  /** undefined while the document is loading. */
  shared: SharedTextSource | undefined
  /** What is read until then, where it is known sooner. */
  words?: string
  placeholder?: string
  isReadOnly?: boolean
  /** The height reserved from the first paint, in pixels. */
  minHeight?: number
  /** What typing @ offers; nothing unless it is given. */
  offers?: Offers
  /** Takes pictures and files in that are pasted, dropped or picked, and answers what is written for them. */
  takeFiles?: (files: readonly File[]) => Promise<string>
  /** Holds the editor while it is there, for what is put at its caret from outside. */
  editorRef?: MutableRefObject<Mounted | null>
  /** mod+Enter inside the editor. */
  onSubmit?: () => void
  /** Is told what this person typed, when they pause or leave. */
  onWritten?: (written: Written) => void
  className?: string
}

const NO_OFFERS: Offers = []
const loadEditor = () => import('./shared-text-editor.ts')

/**
 * A markdown editor on a shared text: everybody's carets with names, undo of one's own typing only. The editor is
 * loaded when it is first shown; until then its place is kept and the words can already be read.
 */
export function SharedText({
  label,
  shared,
  words,
  placeholder = '',
  isReadOnly = false,
  minHeight = 96,
  offers = NO_OFFERS,
  takeFiles,
  editorRef,
  onSubmit,
  onWritten,
  className,
}: SharedTextProps) {
  const place = useRef<HTMLDivElement>(null)
  const submit = useRef(onSubmit)
  submit.current = onSubmit
  const offered = useRef(offers)
  offered.current = offers
  const pictures = usePictureSource()
  const own = useRef<Mounted | null>(null)
  const editor = editorRef ?? own
  const [failed, setFailed] = useState(false)
  const [mounted, setMounted] = useState(false)

  useEffect(() => {
    // Beside the document. Whether it can be had is said below.
    loadEditor().catch(() => undefined)
  }, [])
  useEffect(() => {
    const parent = place.current
    if (!parent || !shared) return
    let isGone = false
    loadEditor()
      .then(({ mountEditor }) => {
        if (isGone) return
        editor.current = mountEditor(parent, shared, {
          label,
          placeholder,
          isReadOnly,
          offers: () => offered.current,
          onSubmit: () => submit.current?.(),
          onWritten,
          pictures,
          takeFiles,
        })
        // In the same frame, or both are seen.
        flushSync(() => setMounted(true))
      })
      .catch(() => setFailed(true))
    return () => {
      isGone = true
      editor.current?.destroy()
      editor.current = null
      setMounted(false)
    }
  }, [shared, label, placeholder, isReadOnly, pictures, takeFiles, onWritten, editor])

  const isKnown = shared !== undefined || words !== undefined
  const read = shared?.text.toString() ?? words
  return (
    <div
      className={classes(
        'shared-text relative grid rounded-md border border-transparent bg-surface text-sm transition-colors hover:border-line focus-within:border-accent',
        className,
      )}
      style={{ minHeight }}
    >
      <div ref={place} className="grid min-w-0 [grid-area:1/1]" />
      {!mounted && (
        <div
          aria-hidden={!failed}
          className={classes(
            'pointer-events-none px-3 py-2 text-[14px] leading-[1.55] whitespace-pre-wrap wrap-anywhere [grid-area:1/1]',
            !read && 'text-faint',
          )}
        >
          {read ? <WordsBefore text={read} /> : isKnown && !failed && placeholder}
          {failed && <span className="block text-warn">The editor could not be loaded, so this can only be read. Reload the page.</span>}
        </div>
      )}
      {takeFiles && !isReadOnly && !failed && (
        <span className="absolute right-1 bottom-1">
          <PickFiles pick={(files) => editor.current?.give(files)} />
        </span>
      )}
    </div>
  )
}
