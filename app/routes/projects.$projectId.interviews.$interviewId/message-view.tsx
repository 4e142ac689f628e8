import Bot from 'lucide-react/icons/bot'
import CloudOff from 'lucide-react/icons/cloud-off'
import type { Face } from '#app/people/use-people.ts'
import { Avatar } from '#app/ui/avatar.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { classes } from '#app/ui/classes.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { Time } from '#app/ui/time.tsx'
import { TOPIC_WORDS } from '#domain/interviews/rules.ts'
import type { Message } from '#domain/interviews/schema.ts'
import { sayUsage } from './say-usage.ts'

/** The anchor of a message, for the links of the requirements sheet. */
export const anchorOf = (messageId: string): string => `message-${messageId}`

type Props = {
  message: Message
  face: Face
  /** Who asked, where it was no person. */
  askerName: string | null
  isUnsaved: boolean
  isStreaming?: boolean
}

/** One thing that was said: by whom, when, about which topic. An answer stands a little further in than its question. */
export function MessageView({ message, face, askerName, isUnsaved, isStreaming = false }: Props) {
  const isQuestion = message.role === 'assistant'
  const usage = sayUsage(message)
  return (
    <li
      id={anchorOf(message.id)}
      className={classes(
        'flex scroll-mt-4 gap-3 rounded-md px-2 py-1.5 transition-colors target:bg-accent-soft',
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
        <Markdown text={message.content} isStreaming={isStreaming} className={isQuestion ? 'font-medium' : ''} />
      </div>
    </li>
  )
}
