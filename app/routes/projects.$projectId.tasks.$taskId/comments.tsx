import { useMemo } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { addComment } from '#domain/tasks/comment-commands.ts'
import { commentsOf, reactionsOf } from '#domain/tasks/queries.ts'
import { type Reacted, reactionsByComment } from '#domain/tasks/reactions.ts'
import { CommentView } from './comment.tsx'
import { CommentBox } from './comment-box.tsx'

const NONE: readonly Reacted[] = []

/** What people say about the card, the oldest first. */
export function Comments({ projectId, taskId, isReadOnly }: { projectId: string; taskId: string; isReadOnly: boolean }) {
  const rows = useQuery(commentsOf(projectId, taskId))
  const reactions = useQuery(reactionsOf(projectId, taskId))
  const reacted = useMemo(() => reactionsByComment(reactions ?? []), [reactions])
  const add = useCommand(addComment)
  const sorted = useMemo(() => [...(rows ?? [])].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)), [rows])
  return (
    <section aria-label="Comments" className="border-t border-line pt-4">
      <h2 className="mb-2 text-sm font-semibold">Comments</h2>
      {isReadOnly && rows?.length === 0 && <p className="text-sm text-muted">Nobody has said anything yet.</p>}
      <ol className="mb-4 flex flex-col gap-4 empty:mb-0">
        {sorted.map((comment) => (
          <CommentView
            key={comment.id}
            projectId={projectId}
            comment={comment}
            reacted={reacted.get(comment.id) ?? NONE}
            isReadOnly={isReadOnly}
          />
        ))}
      </ol>
      {!isReadOnly && (
        <CommentBox
          draft={`comment:${taskId}`}
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
