import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { startInterview } from '#domain/interviews/commands.ts'
import { modelsList } from '#domain/models/queries.ts'
import { askersFor, defaultAsker } from '../projects.$projectId.interviews.$interviewId/askers.ts'

/** Asks what it is about and who asks the questions, and starts it; also without a network. */
export function NewInterview({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const start = useCommand(startInterview)
  const navigate = useNavigate()
  const models = useQuery(modelsList()) ?? []
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)
  const asker = chosen ?? defaultAsker(models, 'interview')

  const submit = async () => {
    if (isPending) return
    setPending(true)
    const answer = await start({ projectId, interviewId: v7(), title, model: asker })
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
    onClose()
    navigate(`/projects/${projectId}/interviews/${answer.value}`)
  }

  return (
    <FormDialog title="New interview" verb="Start interview" onClose={onClose} onSubmit={submit} isPending={isPending}>
      <TextField
        label="Title"
        value={title}
        onChange={setTitle}
        error={wordsAt(refusal, 'title')}
        hint="What is it about? For example: Checkout with saved cards"
        autoFocus
        autoComplete="off"
      />
      <Select
        label="Who asks"
        choices={askersFor(models, 'interview', 'Built-in list')}
        value={asker}
        onChange={setChosen}
        hint={
          asker === 'builtin'
            ? 'Eight questions from a fixed list. Needs no model and no network.'
            : 'The model reads every answer and asks what is still open.'
        }
      />
      {refusal && isElsewhere(refusal, ['title']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </FormDialog>
  )
}
