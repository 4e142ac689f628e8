import { useMemo } from 'react'
import { useUndo } from '#app/replica/react.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { sayUndo } from './say-undo.ts'

/** Undo and redo that say what they did, each with the way back. */
export function useSpokenUndo(): { undo: () => void; redo: () => void } {
  const { undo, redo } = useUndo()
  return useMemo(() => {
    const press = (pressed: 'undo' | 'redo') => {
      const { kind, sentence } = sayUndo(pressed === 'undo' ? undo() : redo(), pressed)
      if (kind === 'refused') sayRefusal(sentence)
      else if (pressed === 'undo') sayDone(sentence, { label: 'Redo', run: () => press('redo') })
      else sayDone(sentence, { label: 'Undo', run: () => press('undo') })
    }
    return { undo: () => press('undo'), redo: () => press('redo') }
  }, [undo, redo])
}
