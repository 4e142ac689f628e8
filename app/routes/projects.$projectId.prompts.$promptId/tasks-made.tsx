import { Link, useLocation } from '@remix-run/react'
import SquareCheckBig from 'lucide-react/icons/square-check-big'
import { Badge } from '#app/ui/badge.tsx'
import { STATUS_LABELS } from '#app/work/status-words.ts'
import { comingFrom } from '#app/work/way-back.ts'
import type { Task } from '#domain/tasks/schema.ts'
import { SourceBadge } from '../projects.$projectId.prompts._index/source-badge.tsx'
import { useChangedSources } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import type { ShownPrompt } from './shown-prompt.ts'

type Props = {
  projectId: string
  cards: readonly Pick<Task, 'id' | 'promptId' | 'shortId' | 'title' | 'status' | 'size' | 'result'>[] | undefined
  versions: readonly ShownPrompt[]
}

const TONES = { backlog: 'neutral', todo: 'neutral', in_progress: 'accent', review: 'warn', done: 'ok', cancelled: 'neutral' } as const

/** The cards made from any version of this prompt, with how each of them stands. */
export function TasksMade({ projectId, cards, versions }: Props) {
  const changed = useChangedSources(projectId, versions)
  const state = comingFrom(useLocation().pathname, 'the prompt')
  if (cards?.length === 0) {
    return (
      <p className="flex flex-col items-center gap-2 px-6 py-10 text-center text-sm text-muted">
        <SquareCheckBig aria-hidden className="size-6 text-faint" />
        No card yet. “Generate tasks” proposes up to seven.
      </p>
    )
  }
  return (
    <ul aria-label="Cards made from this prompt" className="flex flex-col p-2">
      {(cards ?? []).map((card) => (
        <li key={card.id}>
          <Link
            to={`/projects/${projectId}/tasks/${card.id}`}
            state={state}
            className="flex flex-col gap-0.5 rounded-md px-2 py-1.5 text-sm hover:bg-hover"
          >
            <span className="flex items-center gap-2">
              <span className="w-16 shrink-0 font-mono text-xs text-faint">{card.shortId}</span>
              <span className="min-w-0 flex-1 truncate">{card.title}</span>
              {card.size && <span className="text-xs text-faint">{card.size}</span>}
              <Badge tone={TONES[card.status]}>{STATUS_LABELS[card.status]}</Badge>
            </span>
            {card.promptId && changed.has(card.promptId) && (
              <span className="pl-18">
                <SourceBadge />
              </span>
            )}
            {card.result && <span className="truncate pl-18 text-xs text-muted">{card.result}</span>}
          </Link>
        </li>
      ))}
    </ul>
  )
}
