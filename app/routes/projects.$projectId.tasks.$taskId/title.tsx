import { type RefObject, useEffect, useRef, useState } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { editTask } from '#domain/tasks/commands.ts'

type Props = { projectId: string; taskId: string; title: string; isReadOnly: boolean; field: RefObject<HTMLTextAreaElement> }

/** The card's title, edited where it stands: Enter or leaving keeps it, Escape puts it back. */
export function Title({ projectId, taskId, title, isReadOnly, field: input }: Props) {
  const edit = useCommand(editTask)
  const [draft, setDraft] = useState(title)
  const isEditing = useRef(false)
  useEffect(() => {
    if (!isEditing.current) setDraft(title)
  }, [title])
  const keep = async () => {
    isEditing.current = false
    if (draft.trim() === title) return setDraft(title)
    const answer = await edit({ projectId, taskId, patch: { title: draft } })
    if (answer.ok) return
    sayRefusal(answer.message)
    input.current?.focus()
  }
  return (
    <h1 className="min-w-0">
      <textarea
        ref={input}
        aria-label="Title"
        rows={1}
        value={draft}
        readOnly={isReadOnly}
        onChange={(event) => {
          isEditing.current = true
          setDraft(event.target.value.replaceAll('\n', ' '))
        }}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            event.currentTarget.blur()
          }
          if (event.key === 'Escape') {
            isEditing.current = false
            setDraft(title)
            requestAnimationFrame(() => input.current?.blur())
          }
        }}
        className="field-sizing-content -mx-2 block w-[calc(100%+16px)] resize-none rounded-md border border-transparent bg-transparent px-2 py-0.5 text-xl font-semibold transition-colors hover:border-line focus:border-accent"
      />
    </h1>
  )
}
