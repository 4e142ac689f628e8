import { useDeferredValue, useState } from 'react'
import { Banner } from '#app/ui/banner.tsx'
import { CopyButton } from '#app/ui/copy-button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Switch } from '#app/ui/switch.tsx'
import type { Answer } from '#domain/core/refusal.ts'
import type { Rendered } from '#domain/prompts/rules.ts'
import { FILLED_AT_START, isFilledAtStart } from '#domain/prompts/start-text.ts'

/** The whole text as an agent gets it, kept current while typing; or why there is none. */
export function Preview({ rendered }: { rendered: Answer<Rendered> }) {
  const shown = useDeferredValue(rendered)
  const [isPlain, setPlain] = useState(false)
  if (!shown.ok) {
    return (
      <div className="p-4">
        <Banner kind="error">{shown.message}</Banner>
      </div>
    )
  }
  const { text, missing } = shown.value
  const waiting = missing.filter((name) => !isFilledAtStart(name))
  const filled = missing.filter(isFilledAtStart)
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-muted tabular">{text.split(/\s+/).filter(Boolean).length} words</p>
        <Switch isSelected={isPlain} onChange={setPlain}>
          As Markdown
        </Switch>
        <CopyButton label="Copy the rendered text" text={text} />
      </div>
      {waiting.length > 0 && (
        <Banner kind="warning">
          {waiting.length === 1 ? 'One variable has no value' : `${waiting.length} variables have no value`}: {waiting.join(', ')}. No
          attempt can start until {waiting.length === 1 ? 'it has one' : 'they have'}.
        </Banner>
      )}
      {filled.length > 0 && (
        <p className="text-xs text-muted">Filled in when an attempt starts: {filled.map((name) => FILLED_AT_START[name]).join(', ')}.</p>
      )}
      {isPlain ? <pre className="font-mono text-xs leading-5 whitespace-pre-wrap break-words">{text}</pre> : <Markdown text={text} />}
    </div>
  )
}
