import { useDeferredValue, useState } from 'react'
import { Banner } from '#app/ui/banner.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Switch } from '#app/ui/switch.tsx'
import type { Rendered } from './variables.ts'

/** The whole text as an agent gets it, kept current while typing; or why there is none. */
export function Preview({ rendered }: { rendered: Rendered }) {
  const shown = useDeferredValue(rendered)
  const [isPlain, setPlain] = useState(false)
  if (!shown.answer.ok) {
    return (
      <div className="p-4">
        <Banner kind="error">{shown.answer.message}</Banner>
      </div>
    )
  }
  const text = shown.answer.value
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-muted tabular">{text.split(/\s+/).filter(Boolean).length} words</p>
        <Switch isSelected={isPlain} onChange={setPlain}>
          As Markdown
        </Switch>
        <CopyButton label="Copy the rendered text" text={text} />
      </div>
      {shown.missing.length > 0 && (
        <Banner kind="warning">
          {shown.missing.length === 1 ? 'One variable has no value' : `${shown.missing.length} variables have no value`}:{' '}
          {shown.missing.join(', ')}.
        </Banner>
      )}
      {isPlain ? <pre className="font-mono text-xs leading-5 whitespace-pre-wrap break-words">{text}</pre> : <Markdown text={text} />}
    </div>
  )
}
