import { Link } from '@remix-run/react'
import type { Face } from '#app/people/use-people.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Time } from '#app/ui/time.tsx'
import type { SourceChange } from '../projects.$projectId.prompts._index/use-changed-sources.ts'

type Props = {
  projectId: string
  changes: readonly SourceChange[]
  faceOf: (id: string) => Face
  isReadOnly: boolean
  onConfirm: () => void
}

/** Which answers changed beneath a version, how, and the word that it still holds. */
export function ChangedAnswers({ projectId, changes, faceOf, isReadOnly, onConfirm }: Props) {
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
      <p className="font-medium">Source changed. Save a version that follows it, or say that this one still holds.</p>
      <ul aria-label="Changed answers" className="mt-1 flex flex-col gap-1">
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
      </ul>
    </Banner>
  )
}
