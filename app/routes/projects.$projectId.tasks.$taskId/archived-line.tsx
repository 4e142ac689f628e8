import { useCommand } from '#app/replica/react.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { editTask } from '#domain/tasks/commands.ts'

/** Says that a card was put away, and has the way back. */
export function ArchivedLine({ projectId, taskId, isReadOnly }: { projectId: string; taskId: string; isReadOnly: boolean }) {
  const edit = useCommand(editTask)
  const bringBack = async () => {
    const answer = await edit({ projectId, taskId, patch: { archived: false } })
    if (!answer.ok) sayRefusal(answer.message)
  }
  return (
    <Banner
      kind="info"
      className="mb-2"
      actions={
        !isReadOnly && (
          <Button size="small" onPress={() => void bringBack()}>
            Bring it back
          </Button>
        )
      }
    >
      This card is archived: it is not on the board, and everything of it is kept.
    </Banner>
  )
}
