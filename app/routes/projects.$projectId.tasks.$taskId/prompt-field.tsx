import { Link } from '@remix-run/react'
import ArrowLeftRight from 'lucide-react/icons/arrow-left-right'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { later } from '#app/ui/later.tsx'
import { demandsOf } from '#domain/projects/queries.ts'
import { approvalsOf, promptsOf } from '#domain/prompts/queries.ts'
import { LabelBadge } from '../projects.$projectId.prompts._index/label-badge.tsx'
import { SourceBadge } from '../projects.$projectId.prompts._index/source-badge.tsx'
import { useChangedSources } from '../projects.$projectId.prompts._index/use-changed-sources.ts'
import { WORDS } from './words.ts'

const EditPrompt = later(() => import('../projects.$projectId.prompts._index/edit-prompt.tsx').then((prompt) => prompt.EditPrompt))

type Props = { projectId: string; promptId: string | null; isReadOnly: boolean; pickPrompt: () => void }

/** The version of a prompt that attempts at the card start from, and the ways to another one. */
export function PromptField({ projectId, promptId, isReadOnly, pickPrompt }: Props) {
  const prompts = useQuery(promptId === null ? null : promptsOf(projectId))
  const approvals = useQuery(promptId === null ? null : approvalsOf(projectId))
  const onlyApproved = useQuery(promptId === null ? null : demandsOf(projectId))?.[0]?.approvedPrompts ?? false
  const prompt = prompts?.find(({ id }) => id === promptId)
  const changed = useChangedSources(projectId, prompt && [prompt])
  const [isEditing, setEditing] = useState(false)
  const isApproved = approvals?.some(({ id, approved }) => id === promptId && approved) ?? false
  const PickIcon = promptId === null ? Plus : ArrowLeftRight
  return (
    <>
      <span className="flex items-center pl-2">
        {prompt ? (
          <Link
            to={`/projects/${projectId}/prompts/${prompt.id}`}
            className="flex min-w-0 flex-1 gap-1 text-sm text-accent underline-offset-2 hover:underline"
          >
            <span className="truncate">{prompt.title}</span> <span className="shrink-0 tabular">v{prompt.version}</span>
          </Link>
        ) : (
          <span className="min-w-0 flex-1 truncate text-sm text-faint">{promptId === null ? 'None' : prompts && WORDS.promptGone}</span>
        )}
        {!isReadOnly && prompt && (
          <IconButton label="Edit the prompt" onPress={() => setEditing(true)}>
            <Pencil aria-hidden className="size-3.5" />
          </IconButton>
        )}
        {/* One button in either case: where the choice was made from it, the keyboard is back on it. */}
        {!isReadOnly && (
          <IconButton
            key="pick"
            label={promptId === null ? 'Choose a prompt' : 'Choose another prompt, or none'}
            keys="shift+p"
            onPress={pickPrompt}
          >
            <PickIcon aria-hidden className={promptId === null ? 'size-4' : 'size-3.5'} />
          </IconButton>
        )}
      </span>
      {isEditing && prompt && <EditPrompt projectId={projectId} promptId={prompt.id} onClose={() => setEditing(false)} />}
      {prompt && approvals && (
        <p className="flex flex-wrap items-center gap-1 px-2 pb-1">
          <LabelBadge label={isApproved ? 'approved' : 'draft'} />
          {changed.has(prompt.id) && <SourceBadge />}
        </p>
      )}
      {prompt && approvals && onlyApproved && !isApproved && <p className="px-2 pb-1 text-xs text-warn">{WORDS.draftWaits}</p>}
    </>
  )
}
