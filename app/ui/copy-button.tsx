import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { IconButton } from './icon-button.tsx'

/** Puts a text on the clipboard and says that it did. `label` names what is copied: "Copy the link". */
export function CopyButton({ label, text }: { label: string; text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () => {
    // The clipboard is closed on pages without https that are not localhost; the text can then still be selected.
    if (!navigator.clipboard) return setState('refused')
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('refused'),
    )
  }
  const Icon = state === 'copied' ? Check : Copy
  return (
    <>
      <IconButton label={label} onPress={copy}>
        <Icon aria-hidden className={state === 'copied' ? 'size-4 text-ok' : 'size-4'} />
      </IconButton>
      <span role="status" className={state === 'refused' ? 'text-xs text-danger' : 'sr-only'}>
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Select and copy it by hand' : ''}
      </span>
    </>
  )
}
