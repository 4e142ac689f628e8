import { useState } from 'react'
import { ROLE_WORDS } from '#app/people/role-words.ts'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { Avatar } from '#app/ui/avatar.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Confirm } from '#app/ui/confirm.tsx'
import { Select } from '#app/ui/select.tsx'
import { Time } from '#app/ui/time.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { Member, Role } from '#domain/team/schema.ts'
import { RenameDialog } from './rename-dialog.tsx'

const GIVEN: readonly Role[] = ['viewer', 'member', 'approver', 'admin']
const CHOICES = GIVEN.map((role) => ({ id: role, label: ROLE_WORDS[role].label, hint: ROLE_WORDS[role].may }))

type Props = {
  person: Pick<Member, 'id' | 'username' | 'role' | 'isActive' | 'createdAt'>
  isMe: boolean
  mayManage: boolean
  offline: string | null
}

/** One member: name, role, and what an admin can do about it. */
export function MemberRow({ person, isMe, mayManage, offline }: Props) {
  const roleCall = useServerCall()
  const leaveCall = useServerCall()
  const [isAsking, setAsking] = useState(false)
  const [isRenaming, setRenaming] = useState(false)
  const canChange = mayManage && !isMe && person.role !== 'owner' && person.isActive

  const setRole = async (role: Role) => {
    const answer = await roleCall.call((api) => api.members.setRole.mutate({ memberId: person.id, role }))
    if (answer.ok) sayDone(`${person.username} is now ${ROLE_WORDS[role].label.toLowerCase()}.`)
  }
  const deactivate = async () => {
    const answer = await leaveCall.call((api) => api.members.deactivate.mutate({ memberId: person.id }))
    if (!answer.ok) return
    setAsking(false)
    sayDone(`${person.username} can't sign in any more.`)
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <Avatar face={{ id: person.id, name: person.username }} size={28} />
      <span className="min-w-0 flex-1 basis-32">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{person.username}</span>
          {isMe && <Badge>you</Badge>}
        </span>
        <span className="block text-xs text-muted">
          joined <Time at={person.createdAt} />
        </span>
      </span>
      {(isMe || canChange) && (
        <Button
          look="quiet"
          size="small"
          className="ml-auto"
          aria-label={isMe ? 'Change your name' : `Rename ${person.username}`}
          isDisabled={offline !== null}
          onPress={() => setRenaming(true)}
        >
          Rename
        </Button>
      )}
      {canChange ? (
        <span className="flex items-center gap-3">
          <Select
            label={`Role of ${person.username}`}
            hideLabel
            noMessage
            choices={CHOICES}
            value={person.role}
            onChange={setRole}
            isDisabled={offline !== null || roleCall.isPending}
            className="w-32"
          />
          <Button
            look="quiet"
            size="small"
            aria-label={`Deactivate ${person.username}`}
            isDisabled={offline !== null}
            onPress={() => setAsking(true)}
          >
            Deactivate
          </Button>
        </span>
      ) : (
        <span className="text-sm text-muted">{ROLE_WORDS[person.role].label}</span>
      )}
      {roleCall.refusal && (
        <p role="alert" className="w-full text-sm text-danger">
          {roleCall.refusal.message}
        </p>
      )}
      {isRenaming && <RenameDialog person={person} isMe={isMe} onClose={() => setRenaming(false)} />}
      <Confirm
        title={`Deactivate ${person.username}?`}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={deactivate}
        verb="Deactivate"
        isDanger
        isPending={leaveCall.isPending}
        error={leaveCall.refusal?.message ?? null}
      >
        {person.username} is signed out everywhere within ten seconds and can't come back without a new invitation. What they wrote stays,
        with their name.
      </Confirm>
    </li>
  )
}
