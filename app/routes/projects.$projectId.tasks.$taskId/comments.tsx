import { useMemo } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { addComment } from '#domain/tasks/comment-commands.ts'
import { commentsOf } from '#domain/tasks/queries.ts'
import { CommentView } from './comment.tsx'
import { CommentBox } from './comment-box.tsx'

/** What people say about the card, the oldest first. */
export function Comments({ projectId, taskId, isReadOnly }: { projectId: string; taskId: string; isReadOnly: boolean }) {
  const rows = useQuery(commentsOf(projectId, taskId))
  const add = useCommand(addComment)
  const sorted = useMemo(() => [...(rows ?? [])].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)), [rows])
  return (
    <section aria-label="Comments" className="border-t border-line pt-4">
      <h2 className="mb-2 text-sm font-semibold">Comments</h2>
      {isReadOnly && rows?.length === 0 && <p className="text-sm text-muted">Nobody has said anything yet.</p>}
      <ol className="mb-4 flex flex-col gap-4 empty:mb-0">
        {sorted.map((comment) => (
          <CommentView key={comment.id} comment={comment} />
        ))}
      </ol>
      {!isReadOnly && (
        <CommentBox
          label="New comment"
          verb="Comment"
          give={async (said) => {
            const answer = await add({ projectId, id: v7(), taskId, ...said })
            return answer.ok ? null : answer.message
          }}
        />
      )}
    </section>
  )
}
