import { useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { usePictureField } from '#app/pictures/use-picture-field.tsx'
import { useCommand, useQuery, useUnsaved } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { Button } from '#app/ui/button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { TextArea } from '#app/ui/text-field.tsx'
import { Time } from '#app/ui/time.tsx'
import { addComment } from '#domain/tasks/commands.ts'
import { commentsOf } from '#domain/tasks/queries.ts'

/** What people say about the card, the oldest first. */
export function Comments({ projectId, taskId, isReadOnly }: { projectId: string; taskId: string; isReadOnly: boolean }) {
  const rows = useQuery(commentsOf(projectId, taskId))
  const face = usePeople()
  const unsaved = useUnsaved()
  const sorted = useMemo(() => [...(rows ?? [])].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)), [rows])
  return (
    <section aria-label="Comments" className="border-t border-line pt-4">
      <h2 className="mb-2 text-sm font-semibold">Comments</h2>
      {isReadOnly && rows?.length === 0 && <p className="text-sm text-muted">Nobody has said anything yet.</p>}
      <ol className="mb-4 flex flex-col gap-4 empty:mb-0">
        {sorted.map((comment) => (
          <li key={comment.id} className="flex gap-2.5">
            <Avatar face={face(comment.author)} size={24} />
            <div className="min-w-0 flex-1">
              <p className="flex items-baseline gap-2 text-sm">
                <span className="font-medium">{face(comment.author).name}</span>
                <Time at={comment.createdAt} className="text-xs text-faint" />
                {unsaved.has(comment.id) && <span className="text-xs text-warn">not yet on the server</span>}
              </p>
              <Markdown text={comment.body} />
            </div>
          </li>
        ))}
      </ol>
      {!isReadOnly && <Write projectId={projectId} taskId={taskId} />}
    </section>
  )
}

function Write({ projectId, taskId }: { projectId: string; taskId: string }) {
  const add = useCommand(addComment)
  const [body, setBody] = useState('')
  const [refusal, setRefusal] = useState<string | null>(null)
  const send = async () => {
    const answer = await add({ projectId, id: v7(), taskId, body })
    setRefusal(answer.ok ? null : answer.message)
    if (answer.ok) setBody('')
  }
  const { inputRef, handlers, button } = usePictureField(body, setBody)
  return (
    <form
      {...handlers}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
      }}
    >
      <TextArea
        label="New comment"
        inputRef={inputRef}
        hideLabel
        value={body}
        onChange={setBody}
        rows={2}
        placeholder="Write a comment"
        error={refusal}
        hint="Markdown works. Ctrl or ⌘ and Enter sends."
      />
      <span className="mt-1 flex items-center gap-1">
        <Button type="submit" size="small" isDisabled={body.trim() === ''}>
          Comment
        </Button>
        {button}
      </span>
    </form>
  )
}
