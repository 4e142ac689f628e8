import { useEffect, useRef, useState } from 'react'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { SharedTextSource } from '#app/ui/shared-text-source.ts'

/**
 * A text only this person edits, for the same editor that shared texts have. It starts anew when `key` changes; `onChange`
 * hears every edit.
 */
export function useLocalText(key: string, initial: string, onChange: (text: string) => void): SharedTextSource | undefined {
  const [made, setMade] = useState<{ key: string; source: SharedTextSource }>()
  const tell = useRef(onChange)
  tell.current = onChange
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it starts from counts only when the key changes
  useEffect(() => {
    const doc = new Y.Doc()
    const text = doc.getText('text')
    text.insert(0, initial)
    const awareness = new Awareness(doc)
    const hear = () => tell.current(text.toString())
    text.observe(hear)
    setMade({ key, source: { text, awareness, undoManager: new Y.UndoManager(text, { trackedOrigins: new Set() }) } })
    return () => {
      text.unobserve(hear)
      awareness.destroy()
      doc.destroy()
    }
  }, [key])
  return made?.key === key ? made.source : undefined
}
