import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { OwnPlace } from '#domain/core/rooms.ts'
import { keepView } from '#domain/tasks/view-commands.ts'

/** Asks for the name of a view, new or kept already. */
export function ViewDialog({
  place,
  view,
  onClose,
}: {
  place: OwnPlace
  view: { id?: string; name: string; query: string }
  onClose: () => void
}) {
  const keep = useCommand(keepView)
  const [name, setName] = useState(view.name)
  const [refusal, setRefusal] = useState<string | null>(null)
  const submit = async () => {
    const answer = await keep({ ...place, id: view.id ?? v7(), name, query: view.query })
    if (!answer.ok) return setRefusal(answer.message)
    sayDone(view.id ? `The view is called “${name.trim()}” now.` : `The view “${name.trim()}” is kept for you, on all your devices.`)
    onClose()
  }
  return (
    <Dialog
      title={view.id ? 'Rename the view' : 'Save as a view'}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={() => void submit()}>
            Save view
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={refusal}
          hint="Only you see it, on every device of yours."
          autoFocus
        />
      </form>
    </Dialog>
  )
}
