import X from 'lucide-react/icons/x'
import { useState } from 'react'

/** A card's labels: type one and press Enter; Backspace in the empty box takes the last one away. */
export function Labels({
  labels,
  isReadOnly,
  onChange,
}: {
  labels: readonly string[]
  isReadOnly: boolean
  onChange: (labels: string[]) => void
}) {
  const [text, setText] = useState('')
  const add = () => {
    const label = text.trim().slice(0, 50)
    if (label !== '' && !labels.includes(label)) onChange([...labels, label])
    setText('')
  }
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-1 rounded-md px-2 py-0.5">
      {labels.map((label) => (
        <span key={label} className="inline-flex h-5 max-w-full items-center gap-0.5 rounded-sm bg-hover pr-0.5 pl-1.5 text-xs text-muted">
          <span className="truncate">{label}</span>
          {!isReadOnly && (
            <button
              type="button"
              aria-label={`Remove the label ${label}`}
              onClick={() => onChange(labels.filter((each) => each !== label))}
              className="rounded-sm p-0.5 hover:bg-pressed"
            >
              <X aria-hidden className="size-3" />
            </button>
          )}
        </span>
      ))}
      {isReadOnly && labels.length === 0 && <span className="text-sm text-faint">None</span>}
      {!isReadOnly && (
        <input
          aria-label="Add a label"
          value={text}
          maxLength={50}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ',') {
              event.preventDefault()
              add()
            } else if (event.key === 'Backspace' && text === '' && labels.length > 0) onChange(labels.slice(0, -1))
          }}
          placeholder={labels.length === 0 ? 'Add' : '+'}
          className="h-6 w-14 min-w-0 flex-1 rounded-sm bg-transparent text-sm placeholder:text-faint"
        />
      )}
    </div>
  )
}
