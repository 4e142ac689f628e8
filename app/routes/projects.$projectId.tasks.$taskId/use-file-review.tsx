import { type KeyboardEvent, type ReactNode, type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import type { DiffFile } from './diff-hunks.ts'
import { anchorOf, linesOf } from './review-anchor.ts'
import { NoteEditor, NotesOnLine } from './review-notes.tsx'
import type { Note, Review } from './use-review.ts'

export type FileReview = {
  /** What stands under lines, by the keys of these. */
  widgets: Record<string, ReactNode>
  /** Notes on lines that are not there any more. */
  homeless: readonly Note[]
  /** Where the lines stand: it has the keys, and gets the keyboard back after a note. */
  region: RefObject<HTMLElement>
  /** The line the keyboard is at. */
  current: string | null
  press: (event: KeyboardEvent) => void
  /** Begins a note on a line. */
  choose: (key: string) => void
  /** The line the keyboard is at, in words. */
  said: string
}

/** The notes on one file, where they stand, and the one that is being written. */
export function useFileReview(file: DiffFile, notes: readonly Note[], review: Review, isReadOnly: boolean): FileReview {
  const lines = useMemo(() => linesOf(file), [file])
  const [current, setCurrent] = useState<string | null>(null)
  const [writing, setWriting] = useState<string | null>(null)
  const region = useRef<HTMLElement>(null)
  const at = current === null ? -1 : lines.findIndex(({ key }) => key === current)
  const { onLines, homeless } = useMemo(() => {
    const onLines = new Map<string, Note[]>()
    const homeless: Note[] = []
    for (const note of notes) {
      const key = anchorOf(lines, note)
      if (key === null) homeless.push(note)
      else onLines.set(key, [...(onLines.get(key) ?? []), note])
    }
    return { onLines, homeless }
  }, [lines, notes])

  const widgets = useMemo(() => {
    const widgets: Record<string, ReactNode> = {}
    for (const [key, found] of onLines) widgets[key] = <NotesOnLine notes={found} review={review} isReadOnly={isReadOnly} />
    const line = writing === null ? undefined : lines.find(({ key }) => key === writing)
    if (writing !== null && line)
      widgets[writing] = (
        <>
          {widgets[writing]}
          <div className="border-y border-line bg-canvas px-3 py-2 whitespace-normal">
            <NoteEditor
              id={`${file.path} ${line.side} ${line.line}`}
              label={`Note on line ${line.line}`}
              verb="Add note"
              give={(body) => review.add(file.path, line, body)}
              close={() => {
                setWriting(null)
                region.current?.focus({ preventScroll: true })
              }}
            />
          </div>
        </>
      )
    return widgets
  }, [onLines, lines, writing, file.path, review, isReadOnly])

  const choose = useCallback(
    (key: string): void => {
      setCurrent(key)
      if (!isReadOnly) setWriting(key)
    },
    [isReadOnly],
  )
  const press = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0
    const next = step === 0 ? undefined : lines[Math.min(lines.length - 1, Math.max(0, at + step))]
    if (next) setCurrent(next.key)
    else if (event.key === 'c') choose(current ?? lines[0]?.key ?? '')
    else return
    event.preventDefault()
  }
  const here = lines[at]
  return {
    widgets,
    homeless,
    region,
    current,
    press,
    choose,
    said: here ? `Line ${here.line}${here.side === 'old' ? ', taken out' : ''}: ${here.quote}` : '',
  }
}
