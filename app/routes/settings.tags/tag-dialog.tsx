import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { projectCounts } from '#domain/changes/count.ts'
import { type Answer, isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { projectsList } from '#domain/projects/queries.ts'
import { promptTexts } from '#domain/prompts/queries.ts'
import type { Tag } from '#domain/team/schema.ts'
import { removeTag, saveTag } from '#domain/team/tags.ts'
import { sayUses } from './say-uses.ts'

/** Writes a tag or changes it; texts it was inserted into keep the version they have. */
export function TagDialog({ tag, onClose }: { tag: Pick<Tag, 'id' | 'tagName' | 'content' | 'version'> | null; onClose: () => void }) {
  const save = useCommand(saveTag)
  const remove = useCommand(removeTag)
  const [tagName, setName] = useState(tag?.tagName ?? '')
  const [content, setContent] = useState(tag?.content ?? '')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isDeleting, setDeleting] = useState(false)
  const texts = useQuery(isDeleting ? promptTexts() : null)
  const missing = useMissingProjects(isDeleting)
  const errorAt = (field: string) => wordsAt(refusal, field)
  const done = (answer: Answer<unknown>) => (answer.ok ? onClose() : setRefusal(answer))
  const submit = async () => {
    done(await save({ id: tag?.id ?? v7(), tagName: tagName.replace(/^@/, ''), content }))
  }
  const keepIt = () => {
    setRefusal(null)
    setDeleting(false)
  }
  if (tag && isDeleting) {
    return (
      <Confirm
        title={`Delete @${tag.tagName}?`}
        isOpen
        onClose={keepIt}
        error={refusal?.message ?? null}
        onConfirm={() => void remove({ id: tag.id }).then(done)}
        verb="Delete tag"
        isDanger
      >
        Nobody is offered it any more, in any project.{' '}
        {texts && missing !== null ? sayUses(tag.tagName, texts, missing) : 'Counting where it stands…'}
      </Confirm>
    )
  }
  return (
    <FormDialog
      title={tag ? `Edit @${tag.tagName}` : 'New tag'}
      verb={tag ? 'Save' : 'Create tag'}
      onClose={onClose}
      onSubmit={submit}
      size="large"
      className="flex flex-col gap-1"
      aside={
        tag && (
          <Button look="quiet" onPress={() => setDeleting(true)} className="mr-auto">
            Delete
          </Button>
        )
      }
    >
      <TextField
        label="Name"
        value={tagName}
        onChange={setName}
        error={errorAt('tagName')}
        hint="One word, as it is typed after @"
        autoFocus
        autoComplete="off"
      />
      <TextArea
        label="Text"
        rows={8}
        value={content}
        onChange={setContent}
        error={errorAt('content')}
        hint={tag ? `Markdown. A change is version ${tag.version + 1}; where version ${tag.version} was inserted, it stays.` : 'Markdown.'}
      />
      {refusal && isElsewhere(refusal, ['tagName', 'content']) && (
        <p role="alert" className="text-sm text-danger">
          {refusal.message}
        </p>
      )}
    </FormDialog>
  )
}

/** How many projects nothing is known of here; null while that is not known either. */
function useMissingProjects(isAsked: boolean): number | null {
  const current = useQuery(isAsked ? projectsList() : null)
  const archived = useQuery(isAsked ? projectsList(true) : null)
  const counts = useQuery(isAsked ? projectCounts() : null)
  if (!current || !archived || !counts) return null
  const here = new Set(counts.map(({ id }) => id))
  return [...current, ...archived].filter(({ id }) => !here.has(id)).length
}
