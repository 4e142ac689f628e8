import { Link, useParams } from '@remix-run/react'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import FileX from 'lucide-react/icons/file-x'
import { useRoom } from '#app/replica/react.tsx'
import { NotHere } from '#app/shell/not-here.tsx'
import { buttonClasses } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { usePrompts } from '../projects.$projectId.prompts._index/use-prompts.ts'
import { PromptEditor } from './prompt-editor.tsx'

export const meta = () => [{ title: 'Prompt · Slipway' }]

/** One version of a prompt: its text to edit, how it reads in the end, its history and its cards. */
export default function PromptPage() {
  const { projectId = '', promptId = '' } = useParams()
  const { ready, canWrite } = useRoom(projectRoom(projectId))
  const all = usePrompts(projectId)
  const version = all?.find(({ id }) => id === promptId)
  const back = (
    <Link to={`/projects/${projectId}/prompts`} aria-label="All prompts" className={buttonClasses('quiet', 'small')}>
      <ArrowLeft aria-hidden className="size-4" />
    </Link>
  )
  if (all && version) {
    return <PromptEditor key={version.id} projectId={projectId} version={version} all={all} before={back} isReadOnly={ready && !canWrite} />
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title="Prompt" before={back} />
      {all && ready ? (
        <NotHere
          thing="prompt"
          icon={<FileX className="size-8" />}
          actions={
            <Link to={`/projects/${projectId}/prompts`} className={buttonClasses('primary')}>
              Go to the prompts
            </Link>
          }
        />
      ) : (
        <Loading label="Loading the prompt" className="flex flex-col gap-4 p-4">
          <Skeleton className="h-8 w-full max-w-[760px]" />
          <Skeleton className="h-72 w-full max-w-[760px]" />
        </Loading>
      )}
    </div>
  )
}
