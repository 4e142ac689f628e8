import { useState } from 'react'
import { INVITED_ROLES, type InvitedRole, ROLE_WORDS } from '#app/people/role-words.ts'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { CopyField } from '#app/ui/copy-field.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { FormDialog } from '#app/ui/form-dialog.tsx'
import { sayMoment } from '#app/ui/say-time.ts'
import { Select } from '#app/ui/select.tsx'
import { TextField } from '#app/ui/text-field.tsx'
import { check } from '#domain/core/command.ts'
import { isElsewhere, wordsAt } from '#domain/core/refusal.ts'
import { members } from '#domain/team/schema.ts'

const CHOICES = INVITED_ROLES.map((role) => ({ id: role, label: ROLE_WORDS[role].label, hint: ROLE_WORDS[role].may }))

/** Makes a link that carries a name and a role; it is shown once, to be copied. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { call, isPending, refusal } = useServerCall()
  const [name, setName] = useState('')
  const [role, setRole] = useState<InvitedRole>('member')
  const [nameError, setNameError] = useState<string | null>(null)
  const [made, setMade] = useState<{ url: string; expiresAt: number | string; name: string } | null>(null)

  const submit = async () => {
    const named = check(members.schema.shape.username, name)
    setNameError(named.ok ? null : named.message)
    if (!named.ok) return
    const answer = await call((api) => api.invites.create.mutate({ name: named.value, role }))
    if (answer.ok) setMade({ ...answer.value, name: named.value })
  }

  if (made) {
    return (
      <Dialog title={`Invitation for ${made.name}`} isOpen onClose={onClose} footer={<Button onPress={onClose}>Done</Button>}>
        <p className="mb-3 text-sm text-muted">
          Send this link to {made.name}. Whoever opens it first is let in as {ROLE_WORDS[role].label.toLowerCase()}; it works once, until{' '}
          {sayMoment(new Date(made.expiresAt).getTime())}. It is not shown again.
        </p>
        <CopyField label="Invitation link" value={made.url} />
      </Dialog>
    )
  }
  return (
    <FormDialog title="Invite somebody" verb="Make the link" onClose={onClose} onSubmit={submit} isPending={isPending}>
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={nameError ?? wordsAt(refusal, 'name')}
        hint="What the others will see beside their work"
        autoFocus
        autoComplete="off"
      />
      <Select
        label="Role"
        choices={CHOICES}
        value={role}
        onChange={setRole}
        hint={`A ${ROLE_WORDS[role].label.toLowerCase()} ${ROLE_WORDS[role].may}.`}
      />
      {refusal && isElsewhere(refusal, ['name']) && <Banner kind="error">{refusal.message}</Banner>}
    </FormDialog>
  )
}
