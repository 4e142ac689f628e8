import { Link } from '@remix-run/react'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Time } from '#app/ui/time.tsx'
import type { Drift } from '#domain/changes/spec-drift.ts'

type Props = {
  projectId: string
  drift: readonly Drift[]
  nameOf: (taskId: string) => string
  isReadOnly: boolean
  onConfirm: () => void
}

/** Which files that a version names were changed by merges since, and the word that it still holds. */
export function ChangedCode({ projectId, drift, nameOf, isReadOnly, onConfirm }: Props) {
  return (
    <Banner
      kind="warning"
      actions={
        !isReadOnly && (
          <Button size="small" onPress={onConfirm}>
            It still holds
          </Button>
        )
      }
    >
      <p className="font-medium">Code changed since this was written.</p>
      <ul aria-label="Changed files" className="mt-1 flex flex-col gap-1">
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
      </ul>
    </Banner>
  )
}
