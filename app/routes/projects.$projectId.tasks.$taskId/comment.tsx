import { useMemo, useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand, useSession, useUnsaved } from '#app/replica/react.tsx'
import { useSpokenUndo } from '#app/shell/use-spoken-undo.ts'
import { Avatar } from '#app/ui/avatar.tsx'
import { Button } from '#app/ui/button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import type { RowIn } from '#domain/core/query.ts'
import { editComment, removeComment } from '#domain/tasks/comment-commands.ts'
import type { commentsOf } from '#domain/tasks/queries.ts'
import type { Reacted } from '#domain/tasks/reactions.ts'
import { CommentBox } from './comment-box.tsx'
import { markMentions } from './mark-mentions.ts'
import { Reactions } from './reactions.tsx'

type CommentProps = {
  projectId: string
  comment: RowIn<typeof commentsOf>
  reacted: readonly Reacted[]
  isReadOnly: boolean
}

/** What somebody said about the card, and what others made of it. */
export function CommentView({ projectId, comment, reacted, isReadOnly }: CommentProps) {
  const { id, author, createdAt, editedAt, body, mentions } = comment
  const face = usePeople()
  const unsaved = useUnsaved()
  const isMine = useSession().member?.id === author
  const [edit, setEdit] = useState<'none' | 'begun' | 'over'>('none')
  const [change, remove] = [useCommand(editComment), useCommand(removeComment)]
  const { undo } = useSpokenUndo()
  const removeIt = async () => {
    const answer = await remove({ projectId, id })
    if (answer.ok) sayDone('The comment is deleted.', { label: 'Undo', run: undo })
    else sayRefusal(answer.message)
  }
  const marks = useMemo(() => markMentions(mentions.map(face)), [mentions, face])
  return (
    <li className="flex gap-2.5">
      <Avatar face={face(author)} size={24} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="font-medium">{face(author).name}</span>
          <Time at={createdAt} className="text-xs text-faint" />
          {unsaved.has(id) && <span className="text-xs text-warn">not yet on the server</span>}
          {editedAt !== null && <span className="text-xs text-faint">edited</span>}
          {isMine && !isReadOnly && edit !== 'begun' && (
            <span className="ml-auto flex gap-1">
              <Button look="quiet" size="small" autoFocus={edit === 'over'} onPress={() => setEdit('begun')}>
                Edit
              </Button>
              <Button look="quiet" size="small" onPress={() => void removeIt()}>
                Delete
              </Button>
            </span>
          )}
        </div>
        {edit === 'begun' ? (
          <CommentBox
            draft={`edit-comment:${comment.id}`}
            label="Your comment"
            verb="Save"
            before={body}
            close={() => setEdit('over')}
            give={async (said) => {
              const answer = await change({ projectId, id, ...said })
              return answer.ok ? null : answer.message
            }}
          />
        ) : (
          <Markdown text={body} after={marks} />
        )}
        <Reactions
          projectId={projectId}
          commentId={id}
          reacted={reacted}
          nameOf={(memberId) => face(memberId).name}
          isReadOnly={isReadOnly}
        />
      </div>
    </li>
  )
}
