import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useUnsaved } from '#app/replica/react.tsx'
import { Avatar } from '#app/ui/avatar.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import type { commentsOf } from '#domain/tasks/queries.ts'
import { markMentions } from './mark-mentions.ts'
import type { RowIn } from './use-task.ts'

/** What somebody said about the card. */
export function CommentView({ comment }: { comment: RowIn<ReturnType<typeof commentsOf>> }) {
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
      </div>
    </li>
  )
}
