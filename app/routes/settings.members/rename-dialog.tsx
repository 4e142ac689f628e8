import { type FormEvent, useState } from 'react'
import { refreshSession } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { check } from '#domain/core/command.ts'
import { type Member, members } from '#domain/team/schema.ts'

type Props = { person: Pick<Member, 'id' | 'username'>; isMe: boolean; isOpen: boolean; onClose: () => void }

/** Changes what somebody is called, everywhere and for everything they wrote. */
export function RenameDialog({ person, isMe, isOpen, onClose }: Props) {
  const { call, isPending, refusal, clear } = useServerCall()
  const [name, setName] = useState(person.username)
  const [error, setError] = useState<string | null>(null)

  const close = () => {
    onClose()
    clear()
    setError(null)
    setName(person.username)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const named = check(members.schema.shape.username, name)
    setError(named.ok ? null : named.message)
    if (!named.ok) return
    const answer = await call((api) => api.members.rename.mutate({ memberId: person.id, username: named.value }))
    if (!answer.ok) return
    onClose()
    setName(named.value)
    sayDone(isMe ? `You are now called ${named.value}.` : `${person.username} is now called ${named.value}.`)
    if (isMe) await refreshSession()
  }

  return (
    <Dialog
      title={isMe ? 'Your name' : `Rename ${person.username}`}
      isOpen={isOpen}
      onClose={close}
      footer={
        <>
          <Button onPress={close}>Cancel</Button>
          <Button look="primary" type="submit" form="rename" isPending={isPending}>
            Rename
          </Button>
        </>
      }
    >
      <form id="rename" onSubmit={submit} className="flex flex-col gap-2.5">
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={error}
          hint="What the others see, beside earlier work too. Commits keep the name they were made with."
          autoFocus
          autoComplete="off"
        />
        {refusal && <Banner kind="error">{refusal.message}</Banner>}
      </form>
    </Dialog>
  )
}
