import { Link } from '@remix-run/react'
import { Time } from '#app/ui/time.tsx'
import type { Drift } from '#domain/changes/spec-drift.ts'
import { StillHolds, type StillHoldsProps } from './still-holds.tsx'

type Props = StillHoldsProps & {
  projectId: string
  drift: readonly Drift[]
  nameOf: (taskId: string) => string
}

/** Which files that a version names were changed by merges since. */
export function ChangedCode({ projectId, drift, nameOf, ...confirming }: Props) {
  return (
    <StillHolds says="Code changed since this was written." list="Changed files" {...confirming}>
      {drift.map(({ mergeId, taskId, mergedAt, paths }) => (
        <li key={mergeId} className="text-sm break-words">
          <code className="font-mono text-xs">{paths.join(', ')}</code> by{' '}
          <Link to={`/projects/${projectId}/tasks/${taskId}`} className="underline underline-offset-2">
            {nameOf(taskId)}
          </Link>{' '}
          <span className="text-xs text-muted">
            <Time at={mergedAt} />
          </span>
        </li>
      ))}
    </StillHolds>
  )
}
