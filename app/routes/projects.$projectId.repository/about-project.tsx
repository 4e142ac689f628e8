import { type FormEvent, useState } from 'react'
import { useCommand } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { editProject } from '#domain/projects/commands.ts'
import type { Project } from '#domain/projects/schema.ts'

/** The project's name and description; saved together, also without a network. */
export function AboutProject({ project, isReadOnly }: { project: Pick<Project, 'id' | 'name' | 'description'>; isReadOnly: boolean }) {
  const edit = useCommand(editProject)
  const [edited, setEdited] = useState<{ name?: string; description?: string }>({})
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const name = edited.name ?? project.name
  const description = edited.description ?? project.description
  const isChanged = name !== project.name || description !== project.description

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!isChanged) return
    const answer = await edit({ projectId: project.id, patch: { name, description } })
    setRefusal(answer.ok ? null : answer)
    if (!answer.ok) return
    setEdited({})
    sayDone('The project is saved.')
  }
  const errorAt = (field: string) => wordsAt(refusal, field)

  return (
    <form onSubmit={save} className="flex flex-col gap-1 rounded-lg border border-line bg-surface p-4">
      <TextField
        label="Name"
        value={name}
        onChange={(value) => setEdited({ ...edited, name: value })}
        error={errorAt('name')}
        isReadOnly={isReadOnly}
        autoComplete="off"
      />
      <TextArea
        label="Description"
        rows={2}
        value={description}
        onChange={(value) => setEdited({ ...edited, description: value })}
        error={errorAt('description')}
        isReadOnly={isReadOnly}
      />
      {refusal && isElsewhere(refusal, ['name', 'description']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" isDisabled={!isChanged || isReadOnly}>
          Save
        </Button>
        {isChanged && (
          <Button look="quiet" onPress={() => setEdited({})}>
            Discard
          </Button>
        )}
      </div>
    </form>
  )
}
