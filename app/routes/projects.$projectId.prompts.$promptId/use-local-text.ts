import { useEffect, useRef, useState } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { SharedTextSource } from '#app/ui/shared-text-source.ts'

/** A text only this person edits, for the same editor that shared texts have. `onChange` hears every edit. */
export function useLocalText(initial: string, onChange: (text: string) => void): SharedTextSource | undefined {
  const [source, setSource] = useState<SharedTextSource>()
  const tell = useRef(onChange)
  tell.current = onChange
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it starts from counts only once
  useEffect(() => {
    const doc = new Y.Doc()
    const text = doc.getText('text')
    text.insert(0, initial)
    const awareness = new Awareness(doc)
    const hear = () => tell.current(text.toString())
    text.observe(hear)
    setSource({ text, awareness, undoManager: new Y.UndoManager(text, { trackedOrigins: new Set() }) })
    return () => {
      text.unobserve(hear)
      awareness.destroy()
      doc.destroy()
    }
  }, [])
  return source
}
