import { useState } from 'react'
import { refreshSession } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { check } from '#domain/core/command.ts'
import { type Member, members } from '#domain/team/schema.ts'

type Props = { person: Pick<Member, 'id' | 'username'>; isMe: boolean; onClose: () => void }

/** Changes what somebody is called, everywhere and for everything they wrote. */
export function RenameDialog({ person, isMe, onClose }: Props) {
  const { call, isPending, refusal } = useServerCall()
  const [name, setName] = useState(person.username)
  const [wrong, setWrong] = useState<string | null>(null)

  const submit = async () => {
    const named = check(members.schema.shape.username, name)
    setWrong(named.ok ? null : named.message)
    if (!named.ok) return
    const answer = await call((api) => api.members.rename.mutate({ memberId: person.id, username: named.value }))
    if (!answer.ok) return
    onClose()
    sayDone(isMe ? `You are now called ${named.value}.` : `${person.username} is now called ${named.value}.`)
    if (isMe) await refreshSession()
  }

  return (
    <FormDialog
      title={isMe ? 'Your name' : `Rename ${person.username}`}
      verb="Rename"
      onClose={onClose}
      onSubmit={submit}
      isPending={isPending}
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={wrong ?? refusal?.message}
        hint="What the others see, beside earlier work too. Commits keep the name they were made with."
        autoFocus
        autoComplete="off"
      />
    </FormDialog>
  )
}
