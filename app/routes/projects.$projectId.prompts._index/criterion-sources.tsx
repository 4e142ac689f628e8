import { Link } from '@remix-run/react'
import CornerUpLeft from 'lucide-react/icons/corner-up-left'
import { useCallback } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { answerEditsOf } from '#domain/interviews/queries.ts'
import { type CriterionSource, criterionSources } from '#domain/prompts/criteria.ts'
import { SourceBadge } from './source-badge.tsx'
import type { SourceChange } from './use-changed-sources.ts'

/** Finds the answers a criterion came from, and what has changed in them, for the prompt it stands in and all that is composed into that. */
export function useCriterionSources(projectId: string, whole: Parameters<typeof criterionSources>[1]) {
  const edits = useQuery(answerEditsOf(projectId))
  return useCallback((sources: readonly string[] = []) => criterionSources<SourceChange>(sources, whole, edits ?? []), [whole, edits])
}

/** The way from a criterion to each answer it came from; one that has changed since says so. */
export function CriterionSources({ projectId, sources }: { projectId: string; sources: readonly CriterionSource<SourceChange>[] }) {
  return (
    <span className="flex shrink-0 flex-wrap items-center gap-1">
      {sources.map(({ messageId, interviewId, changes }) => (
        <Link
          key={messageId}
          to={`/projects/${projectId}/interviews/${interviewId}#message-${messageId}`}
          className="flex min-h-6 items-center gap-1 rounded-sm px-1 text-xs text-muted underline-offset-2 hover:text-ink hover:underline"
        >
          {changes.length > 0 ? (
            <SourceBadge />
          ) : (
            <>
              <CornerUpLeft aria-hidden className="size-3" /> answer
            </>
          )}
        </Link>
      ))}
    </span>
  )
}
