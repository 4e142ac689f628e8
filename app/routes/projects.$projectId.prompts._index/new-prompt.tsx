import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { useScratch } from '#app/scratch/use-scratch.ts'
import { Checkbox } from '#app/ui/checkbox.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { createPrompt } from '#domain/prompts/commands.ts'

/** Writes a prompt by hand; its text is kept on this device until it is created. */
export function NewPrompt({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const create = useCommand(createPrompt)
  const navigate = useNavigate()
  const [title, setTitle] = useState('')
  const [type, setType] = useState('feature')
  const [isReusable, setReusable] = useState(false)
  const [content, keepContent] = useScratch(`new-prompt:${projectId}`)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const errorAt = (field: string) => wordsAt(refusal, field)

  const submit = async () => {
    const answer = await create({ projectId, id: v7(), title, type, content: content ?? '', isReusable })
    if (!answer.ok) return setRefusal(answer)
    keepContent(null)
    onClose()
    navigate(`/projects/${projectId}/prompts/${answer.value}`)
  }

  return (
    <FormDialog
      title="New prompt"
      verb="Create prompt"
      onClose={onClose}
      onSubmit={submit}
      size="large"
      className="grid gap-x-4 gap-y-1 md:grid-cols-[1fr_180px]"
    >
      <TextField label="Title" value={title} onChange={setTitle} error={errorAt('title')} autoFocus autoComplete="off" />
      <TextField label="Type" value={type} onChange={setType} error={errorAt('type')} hint="feature, context, fix …" autoComplete="off" />
      <TextArea
        label="Text"
        rows={10}
        value={content ?? ''}
        onChange={keepContent}
        error={errorAt('content')}
        hint="Markdown. {{names}} in double braces are filled in later."
        className="md:col-span-2"
      />
      <Checkbox isSelected={isReusable} onChange={setReusable} className="md:col-span-2">
        Reusable: meant as a component of other prompts
      </Checkbox>
      {refusal && isElsewhere(refusal, ['title', 'type', 'content']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </FormDialog>
  )
}
