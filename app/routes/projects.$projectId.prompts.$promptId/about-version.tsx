import { Link } from '@remix-run/react'
import { useMemo } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { useCommand } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Time } from '#app/ui/time.tsx'
import { confirmSources } from '#domain/prompts/changed-sources.ts'
import { leaves, versionName } from '#domain/prompts/rules.ts'
import { useChangedSources } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import { useDrift } from '../projects.$projectId.prompts._index/use-drift.ts'
import { ChangedAnswers } from './changed-answers.tsx'
import { ChangedCode } from './changed-code.tsx'
import { OriginLine } from './origin-line.tsx'
import type { ShownPrompt } from './shown-prompt.ts'
import { newerThan } from './version-tree.ts'

type Props = {
  projectId: string
  version: ShownPrompt
  all: readonly ShownPrompt[]
  tasks: readonly { id: string; shortId: string }[] | undefined
  hasDraft: boolean
  isReadOnly: boolean
}

/** Where a version comes from, and what has happened since: newer ones, answers and code that changed beneath it. */
export function AboutVersion({ projectId, version, all, tasks, hasDraft, isReadOnly }: Props) {
  const faceOf = usePeople()
  const confirm = useCommand(confirmSources)
  const newer = useMemo(() => leaves(newerThan(all, version)), [all, version])
  const alone = useMemo(() => [version], [version])
  const changes = useChangedSources(projectId, alone).get(version.id) ?? []
  const drift = useDrift(projectId, alone).get(version.id) ?? []
  const holds = (seen: string[]) => void confirm({ projectId, promptId: version.id, seen })
  return (
    <>
      {newer.length > 0 && (
        <Banner kind="info">
          There is a newer version:{' '}
          {newer.map((leaf, at) => (
            <span key={leaf.id}>
              {at > 0 && ' and '}
              <Link to={`/projects/${projectId}/prompts/${leaf.id}`} className="text-accent underline underline-offset-2">
                {versionName(leaf)} by {faceOf(leaf.createdBy).name}
              </Link>
            </span>
          ))}
          . {hasDraft ? 'Saving yours makes a second branch; neither text is lost.' : 'What you change here becomes a branch.'}
        </Banner>
      )}
      {changes.length > 0 && (
        <ChangedAnswers
          projectId={projectId}
          changes={changes}
          faceOf={faceOf}
          isReadOnly={isReadOnly}
          onConfirm={() => holds(changes.map(({ id }) => id))}
        />
      )}
      {drift.length > 0 && (
        <ChangedCode
          projectId={projectId}
          drift={drift}
          nameOf={(id) => tasks?.find((task) => task.id === id)?.shortId ?? 'a card'}
          isReadOnly={isReadOnly}
          onConfirm={() => holds(drift.map(({ mergeId }) => mergeId))}
        />
      )}
      <p className="text-sm text-muted">
        Version {version.version} by {faceOf(version.createdBy).name},{' '}
        <OriginLine projectId={projectId} interviewId={version.interviewId} sources={version.sources} />
        {version.approval && (
          <>
            , approved by {faceOf(version.approval.by).name} <Time at={version.approval.at} />
          </>
        )}
      </p>
    </>
  )
}
