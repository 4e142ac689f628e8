import { refreshSession } from '#app/replica/react.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { type Member, members } from '#domain/team/schema.ts'
import { NameDialog } from './name-dialog.tsx'

type Props = { person: Pick<Member, 'id' | 'username'>; isMe: boolean; onClose: () => void }

/** Changes what somebody is called, everywhere and for everything they wrote. */
export function RenameDialog({ person, isMe, onClose }: Props) {
  const renamed = (name: string) => {
    sayDone(isMe ? `You are now called ${name}.` : `${person.username} is now called ${name}.`)
    if (isMe) void refreshSession()
  }
  return (
    <NameDialog
      title={isMe ? 'Your name' : `Rename ${person.username}`}
      hint="What the others see, beside earlier work too. Commits keep the name they were made with."
      current={person.username}
      schema={members.schema.shape.username}
      rename={(api, username) => api.members.rename.mutate({ memberId: person.id, username })}
      onRenamed={renamed}
      onClose={onClose}
    />
  )
}
