import UserPlus from 'lucide-react/icons/user-plus'
import { useMemo, useState } from 'react'
import { isAdmin, ROLE_WORDS } from '#app/people/role-words.ts'
import { useQuery, useRoom, useSession } from '#app/replica/react.tsx'
import { useOffline } from '#app/server-call/use-server-call.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { membersList } from '#domain/team/queries.ts'
import { LoadingRows, Rows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberRow } from './member-row.tsx'
import { TeamRow } from './team-row.tsx'

export const meta = () => [{ title: 'Members · Slipway' }]

/** Who works here, in which role; admins invite by link and change roles. */
export default function Members() {
  useRoom(teamRoom)
  const { member: me } = useSession()
  const offline = useOffline()
  const members = useQuery(membersList())
  const [isInviting, setInviting] = useState(false)
  const people = useMemo(() => (members ?? []).filter(({ role }) => role !== 'runner').sort((a, b) => a.createdAt - b.createdAt), [members])
  const active = people.filter(({ isActive }) => isActive)
  const inactive = people.filter(({ isActive }) => !isActive)
  const mayManage = isAdmin(me?.role)

  return (
    <>
      <Section title="Team">
        <TeamRow mayManage={mayManage} offline={offline} />
      </Section>
      <Section
        title="Members"
        lead="An invitation is a link that carries a name and a role. It works once, within 7 days."
        actions={
          <Button
            look="primary"
            icon={<UserPlus aria-hidden className="size-4" />}
            isDisabled={!mayManage || offline !== null}
            onPress={() => setInviting(true)}
          >
            Invite
          </Button>
        }
      >
        {!mayManage && me && (
          <Banner kind="info" className="mb-3">
            You are {/^[ao]/.test(me.role) ? 'an' : 'a'} {ROLE_WORDS[me.role].label.toLowerCase()}. Only an admin or the owner can invite
            people and change roles.
          </Banner>
        )}
        {mayManage && offline && (
          <Banner kind="offline" className="mb-3">
            {offline}
          </Banner>
        )}
        {!members && <LoadingRows label="Loading the members" />}
        {members && (
          <Rows label="Members">
            {active.map((person) => (
              <MemberRow key={person.id} person={person} isMe={person.id === me?.id} mayManage={mayManage} offline={offline} />
            ))}
          </Rows>
        )}
      </Section>
      {inactive.length > 0 && (
        <Section
          title="Without access"
          lead="Former members, and people in imported projects. They can't sign in. What they did keeps their name."
        >
          <Rows label="Without access">
            {inactive.map((person) => (
              <MemberRow key={person.id} person={person} isMe={false} mayManage={false} offline={offline} />
            ))}
          </Rows>
        </Section>
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  )
}
