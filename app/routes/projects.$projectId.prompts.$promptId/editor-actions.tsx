import { useConsequence, useSession } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { projectRoom } from '#domain/core/rooms.ts'
import { APPROVERS } from '#domain/team/schema.ts'
import type { ShownPrompt } from './shown-prompt.ts'

type Props = {
  projectId: string
  version: ShownPrompt
  hasDraft: boolean
  isBroken: boolean
  onSave: () => void
  onGenerate: () => void
}

/** What can be done with a version: approve it, make cards of it, or save what was changed as the next one. */
export function EditorActions({ projectId, version, hasDraft, isBroken, onSave, onGenerate }: Props) {
  const ask = useConsequence()
  const { member: me } = useSession()
  const isDraft = version.label === 'draft'
  // What is approved is what the server has: the version must have reached it first.
  const approve = () =>
    void ask('prompts.approve', { projectId, promptId: version.id, approved: isDraft }, { rooms: [projectRoom(projectId)] })
  return (
    <>
      {me && APPROVERS.includes(me.role) && (
        <Button look="quiet" onPress={approve} isDisabled={hasDraft}>
          {isDraft ? 'Approve' : 'Back to draft'}
        </Button>
      )}
      <Button look={hasDraft ? 'plain' : 'primary'} onPress={onGenerate} isDisabled={isBroken || hasDraft}>
        Generate tasks
      </Button>
      <Button look={hasDraft ? 'primary' : 'plain'} onPress={onSave} isDisabled={!hasDraft}>
        Save as v{version.version + 1}
      </Button>
    </>
  )
}
