import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useUnsaved } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import type { commentsOf } from '#domain/tasks/queries.ts'
import type { Reacted } from '#domain/tasks/reactions.ts'
import { markMentions } from './mark-mentions.ts'
import { Reactions } from './reactions.tsx'
import type { RowIn } from './use-task.ts'

type CommentProps = {
  projectId: string
  comment: RowIn<ReturnType<typeof commentsOf>>
  reacted: readonly Reacted[]
  isReadOnly: boolean
}

/** What somebody said about the card, and what others made of it. */
export function CommentView({ projectId, comment, reacted, isReadOnly }: CommentProps) {
  const { id, author, createdAt, body, mentions } = comment
  const face = usePeople()
  const unsaved = useUnsaved()
  const marks = useMemo(() => markMentions(mentions.map(face)), [mentions, face])
  return (
    <li className="flex gap-2.5">
      <Avatar face={face(author)} size={24} />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-sm">
          <span className="font-medium">{face(author).name}</span>
          <Time at={createdAt} className="text-xs text-faint" />
          {unsaved.has(id) && <span className="text-xs text-warn">not yet on the server</span>}
        </p>
        <Markdown text={body} after={marks} />
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
