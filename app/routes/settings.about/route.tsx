import { useNavigate } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { ROLE_WORDS } from '#app/people/role-words.ts'
import { useTeamName } from '#app/people/use-team-name.ts'
import { RefusedPictures } from '#app/pictures/refused-pictures.tsx'
import { dismissOutbox, refreshSession, useApi, useOutbox, useRoom, useSession, useSyncState } from '#app/replica/react.tsx'
import { useServerCall } from '#app/server-call/use-server-call.ts'
import { saySync } from '#app/shell/say-sync.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { StatusDot } from '#app/ui/status-dot.tsx'
import { teamRoom } from '#domain/core/rooms.ts'
import { Facts } from '../settings/facts.tsx'
import { Rows } from '../settings/rows.tsx'
import { Section } from '../settings/section.tsx'
import { KeptPictures } from './kept-pictures.tsx'
import { sayProcedure } from './say-procedure.ts'
import { UnsentChanges } from './unsent-changes.tsx'
import { useDeviceStorage } from './use-device-storage.ts'

export const meta = () => [{ title: 'About · Slipway' }]

const CONNECTION_WORDS = {
  connecting: 'Connecting…',
  online: 'Online',
  offline: 'Offline; tried again by itself',
  refused: 'Refused by the server; sign in again',
} as const

/** What runs here, what this device keeps, what waits to be sent, and the way out. */
export default function About() {
  const { member } = useSession()
  useRoom(teamRoom)
  const team = useTeamName()
  const sync = useSyncState()
  const outbox = useOutbox()
  const storage = useDeviceStorage()
  const version = useVersion()
  const leave = useServerCall()
  const navigate = useNavigate()
  const signOut = async () => {
    const answer = await leave.call((api) => api.session.signOut.mutate())
    if (!answer.ok) return
    await refreshSession()
    navigate('/sign-in')
  }
  const { tone } = saySync(sync)

  return (
    <>
      <Section title="You">
        <Facts
          facts={[
            ['Name', member?.username ?? '…'],
            ['Role', member ? `${ROLE_WORDS[member.role].label} · ${ROLE_WORDS[member.role].may}` : '…'],
            ['Team', team ?? '…'],
          ]}
        />
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button onPress={signOut} isPending={leave.isPending} isDisabled={sync.connection === 'offline'}>
            Sign out
          </Button>
          {sync.waiting > 0 && (
            <span className="text-sm text-muted">Sign out after everything is on the server: what waits is sent by you or by nobody.</span>
          )}
        </div>
        {leave.refusal && (
          <Banner kind="error" className="mt-3">
            {leave.refusal.message}
          </Banner>
        )}
      </Section>
      <Section title="Sync" lead="“On the server” is said only after the server has written it to its disk.">
        <Facts
          facts={[
            [
              'State',
              <span key="state" className="flex items-center gap-2">
                <StatusDot tone={tone} /> {sync.sentence}
              </span>,
            ],
            ['Connection', CONNECTION_WORDS[sync.connection]],
            ['Changes on their way', String(sync.waiting - sync.pictures)],
            ...(sync.pictures > 0 ? [['Files on their way', String(sync.pictures)] as const] : []),
          ]}
        />
        <UnsentChanges />
        <RefusedPictures />
        {outbox.length > 0 && (
          <div className="mt-3">
            <Rows label="Waiting to be sent">
              {outbox.map((item) => (
                <li key={item.id} className="flex flex-wrap items-center gap-3 px-4 py-2 text-sm">
                  <span className="min-w-0 flex-1">
                    {sayProcedure(item.procedure)}
                    {item.message && <span className="block text-danger">{item.message}</span>}
                  </span>
                  <Badge tone={item.state === 'refused' ? 'danger' : 'warn'}>{item.state}</Badge>
                  {item.state === 'refused' && (
                    <Button size="small" onPress={() => dismissOutbox(item.id)}>
                      Dismiss
                    </Button>
                  )}
                </li>
              ))}
            </Rows>
          </div>
        )}
      </Section>
      <Section title="This device" lead="Everything you can read here works without a network.">
        <Facts facts={storage} />
      </Section>
      <KeptPictures />
      <Section title="Slipway">
        <Facts
          facts={[
            ['Version', version ?? '…'],
            ['Licence', 'MIT'],
          ]}
        />
      </Section>
    </>
  )
}

/** The version of the server that is running; offline it says that nobody can tell. */
function useVersion(): string | null {
  const api = useApi()
  const { connection } = useSyncState()
  const [version, setVersion] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a server that came back may be another version
  useEffect(() => {
    let isGone = false
    api.session.me
      .query()
      .then((me) => !isGone && setVersion(me?.version ?? 'unknown'))
      .catch(() => !isGone && setVersion((known) => known ?? 'unknown while the server is out of reach'))
    return () => {
      isGone = true
    }
  }, [api, connection])
  return version
}
