import { Link } from '@remix-run/react'
import type { Face } from '#app/people/use-people.ts'
import { Time } from '#app/ui/time.tsx'
import type { SourceChange } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import { StillHolds, type StillHoldsProps } from './still-holds.tsx'

type Props = StillHoldsProps & {
  projectId: string
  changes: readonly SourceChange[]
  faceOf: (id: string) => Face
}

/** Which answers changed beneath a version, and how. */
export function ChangedAnswers({ projectId, changes, faceOf, ...confirming }: Props) {
  return (
    <StillHolds
      says="Source changed. Save a version that follows it, or say that this one still holds."
      list="Changed answers"
      {...confirming}
    >
      {changes.map(({ id, interviewId, messageId, before, after, createdAt, createdBy }) => (
        <li key={id} className="text-sm">
          <del className="text-muted">{before}</del> → {after}{' '}
          <Link
            to={`/projects/${projectId}/interviews/${interviewId}#message-${messageId}`}
            className="text-xs whitespace-nowrap text-muted underline underline-offset-2"
          >
            {faceOf(createdBy).name} <Time at={createdAt} />
          </Link>
        </li>
      ))}
    </StillHolds>
  )
}
