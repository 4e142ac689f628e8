import Bot from 'lucide-react/icons/bot'
import CloudOff from 'lucide-react/icons/cloud-off'
import Pencil from 'lucide-react/icons/pencil'
import { useState } from 'react'
import type { Face } from '#app/people/use-people.ts'
import { Avatar } from '#app/ui/avatar.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { classes } from '#app/ui/classes.ts'
import { IconButton } from '#app/ui/icon-button.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayUsage } from '#app/work/say-usage.ts'
import { TOPIC_WORDS } from '#domain/interviews/rules.ts'
import type { AnswerEdit, Message } from '#domain/interviews/schema.ts'
import { EditMessage } from './edit-message.tsx'

/** The anchor of a message, for the links of the requirements sheet. */
export const anchorOf = (messageId: string): string => `message-${messageId}`

type Props = {
  message: Message
  face: Face
  /** Who asked, where it was no person. */
  askerName: string | null
  isUnsaved: boolean
  isStreaming?: boolean
  /** A link led here. */
  isPointed?: boolean
  /** How its words changed since they were said. */
  edits?: readonly Pick<AnswerEdit, 'id' | 'before' | 'createdAt' | 'createdBy'>[]
  faceOf?: (id: string) => Face
  /** Changes its words; absent where nobody may. */
  onEdit?: (text: string) => Promise<string | null>
}

/** One thing that was said: by whom, when, about which topic. An answer stands a little further in than its question. */
export function MessageView({
  message,
  face,
  askerName,
  isUnsaved,
  isStreaming = false,
  isPointed = false,
  edits = [],
  faceOf,
  onEdit,
}: Props) {
  const [edit, setEdit] = useState<'none' | 'begun' | 'over'>('none')
  const isQuestion = message.role === 'assistant'
  const usage = sayUsage(message)
  const last = [...edits].sort((a, b) => a.createdAt - b.createdAt).at(-1)
  return (
    <li
      id={anchorOf(message.id)}
      className={classes(
        'group flex scroll-mt-4 gap-3 rounded-md px-2 py-1.5 transition-colors',
        isPointed && 'bg-accent-soft',
        !isQuestion && 'ml-4 md:ml-9',
      )}
    >
      {isQuestion ? (
        <span aria-hidden className="flex size-6 shrink-0 items-center justify-center rounded-full bg-hover text-muted">
          <Bot className="size-3.5" />
        </span>
      ) : (
        <Avatar face={face} size={24} className="shrink-0" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-faint">
          <span className="font-medium text-muted">{askerName ?? face.name}</span>
          {isQuestion && message.topic && <span className="text-muted">{TOPIC_WORDS[message.topic]}</span>}
          <Time at={message.createdAt} />
          {usage && <span className="tabular">{usage}</span>}
          {message.assumed && <Badge tone="warn">assumed</Badge>}
          {isUnsaved && (
            <span className="flex items-center gap-1 text-warn">
              <CloudOff aria-hidden className="size-3" /> on this device
            </span>
          )}
        </p>
        {edit === 'begun' && onEdit ? (
          <EditMessage messageId={message.id} text={message.content} onSave={onEdit} onClose={() => setEdit('over')} />
        ) : (
          <Markdown text={message.content} isStreaming={isStreaming} className={isQuestion ? 'font-medium' : ''} />
        )}
        {last && faceOf && (
          <p className="mt-0.5 text-xs text-muted">
            changed by {faceOf(last.createdBy).name} <Time at={last.createdAt} />; was <del>{last.before}</del>
          </p>
        )}
      </div>
      {onEdit && !isQuestion && edit !== 'begun' && (
        <IconButton
          label="Change this answer"
          autoFocus={edit === 'over'}
          onPress={() => setEdit('begun')}
          className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        >
          <Pencil aria-hidden className="size-3.5" />
        </IconButton>
      )}
    </li>
  )
}
