import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { createProject } from '#domain/tasks/create-project.ts'

/** Asks for a name and makes the project, also without a network; then its repository is the next step. */
export function NewProject({ onClose }: { onClose: () => void }) {
  const create = useCommand(createProject)
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)

  const submit = async () => {
    if (isPending) return
    setPending(true)
    const answer = await create({ id: v7(), name, description })
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
    onClose()
    navigate(`/projects/${answer.value}/repository`)
  }
  const errorAt = (field: string) => wordsAt(refusal, field)

  return (
    <FormDialog title="New project" verb="Create project" onClose={onClose} onSubmit={submit} isPending={isPending}>
      <TextField label="Name" value={name} onChange={setName} error={errorAt('name')} autoFocus autoComplete="off" />
      <TextArea label="Description" rows={2} value={description} onChange={setDescription} error={errorAt('description')} hint="Optional" />
      {refusal && isElsewhere(refusal, ['name', 'description']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </FormDialog>
  )
}
