import { type ClipboardEvent, type DragEvent, type ReactNode, type RefObject, useRef } from 'react'
import { filesIn, withLines } from '#app/ui/files-in.ts'
import { PickFiles } from '#app/ui/pick-files.tsx'
import { useTakePictures } from './use-take-pictures.ts'

type PictureField = {
  inputRef: RefObject<HTMLTextAreaElement>
  /** For the form around the field: what is pasted or dropped there. */
  handlers: { onPaste: (event: ClipboardEvent) => void; onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void }
  /** The button that lets one pick a file. */
  button: ReactNode
}

/** Lets pictures and files be pasted, dropped and picked into a field: their Markdown comes to where the caret is. */
export function usePictureField(value: string, change: (value: string) => void): PictureField {
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const present = useRef(value)
  present.current = value
  const take = useTakePictures()
  const put = async (files: readonly File[]): Promise<void> => {
    const lines = await take(files)
    const at = inputRef.current?.selectionStart ?? present.current.length
    if (lines !== '') change(withLines(present.current, at, lines))
  }
  const putFrom = (event: ClipboardEvent | DragEvent, transfer: DataTransfer | null): void => {
    const files = filesIn(transfer)
    if (files.length === 0) return
    event.preventDefault()
    void put(files)
  }
  return {
    inputRef,
    handlers: {
      onPaste: (event) => putFrom(event, event.clipboardData),
      onDragOver: (event) => event.dataTransfer.types.includes('Files') && event.preventDefault(),
      onDrop: (event) => putFrom(event, event.dataTransfer),
    },
    button: <PickFiles pick={(files) => void put(files)} />,
  }
}
