import { Link } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import { savePromptVersion } from '#domain/prompts/commands.ts'
import { leaves, versionName } from '#domain/prompts/rules.ts'
import { restingOn } from '#domain/tasks/following.ts'
import { cardsOf } from '#domain/tasks/queries.ts'
import type { ShownPrompt } from '../projects.$projectId.prompts.$promptId/shown-prompt.ts'
import { useDraft } from '../projects.$projectId.prompts.$promptId/use-draft.ts'
import { newerThan } from '../projects.$projectId.prompts.$promptId/version-tree.ts'
import { usePrompts } from './use-prompts.ts'
import { type Following, WhoFollows } from './who-follows.tsx'

type Props = { projectId: string; promptId: string; onClose: () => void }

/** R7: changes the prompt a card rests on, without leaving the card: saving makes the next version, and then asks which cards use it. */
export function EditPrompt({ projectId, promptId, onClose }: Props) {
  const all = usePrompts(projectId)
  // The card may go over to the new version while this is open.
  const [began] = useState(promptId)
  const version = all?.find(({ id }) => id === began)
  if (!all || !version) return null
  return <EditVersion projectId={projectId} version={version} all={all} onClose={onClose} />
}

type EditProps = { projectId: string; version: ShownPrompt; all: readonly ShownPrompt[]; onClose: () => void }

function EditVersion({ projectId, version, all, onClose }: EditProps) {
  const save = useCommand(savePromptVersion)
  const cards = useQuery(cardsOf(projectId))
  const { draft, changes, set, forget } = useDraft(version)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)
  const [following, setFollowing] = useState<Following | null>(null)
  const newer = useMemo(() => leaves(newerThan(all, version)), [all, version])
  const errorAt = (field: string) => wordsAt(refusal, field)
  const next = version.version + 1

  const submit = async () => {
    if (isPending) return
    setPending(true)
    const answer = await save({ projectId, id: v7(), parentId: version.id, patch: changes })
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
    forget()
    const resting = restingOn(cards ?? [], version.id)
    if (resting.todo.length + resting.running.length > 0) return setFollowing({ promptId: answer.value, ...resting })
    sayDone(`Saved as version ${next}.`)
    onClose()
  }

  if (following) return <WhoFollows projectId={projectId} from={version.version} to={next} following={following} onClose={onClose} />
  return (
    <Dialog
      title={`Edit ${versionName(version)}`}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          <Link to={`/projects/${projectId}/prompts/${version.id}`} className={`${buttonClasses('quiet')} mr-auto`}>
            Open its page
          </Link>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" onPress={() => void submit()} isPending={isPending} isDisabled={Object.keys(changes).length === 0}>
            Save as v{next}
          </Button>
        </>
      }
    >
      {newer.length > 0 && (
        <Banner kind="info" className="mb-3">
          There is a newer version: {newer.map(versionName).join(' and ')}. What you change here becomes a branch.
        </Banner>
      )}
      <TextField label="Title" value={draft.title} onChange={(title) => set({ title })} error={errorAt('title')} />
      <TextArea
        label="Text"
        rows={14}
        value={draft.content}
        onChange={(content) => set({ content })}
        error={errorAt('content')}
        hint="Kept on this device until you save. Attempts under way keep the text they started from."
      />
      {refusal && isElsewhere(refusal, ['title', 'content']) && <Banner kind="error">{refusal.message}</Banner>}
    </Dialog>
  )
}
