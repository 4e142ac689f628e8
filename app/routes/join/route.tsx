import { Link, useNavigate, useSearchParams } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { ROLE_WORDS } from '#app/people/role-words.ts'
import { refreshSession, useApi, useSession } from '#app/replica/react.tsx'
import { readRefusal } from '#app/server-call/read-refusal.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Loading, Skeleton } from '#app/ui/skeleton.tsx'
import type { Refusal } from '#domain/core/refusal.ts'
import { refuse } from '#domain/core/refusal.ts'
import type { Role } from '#domain/team/schema.ts'
import { CardPage } from '../sign-in/card-page.tsx'

export const meta = () => [{ title: 'Invitation · Slipway' }]

type Invitation = { name: string; role: Role; invitedBy: string }

/** What an invitation link opens: who invites whom as what, and Accept. */
export default function Join() {
  const [search] = useSearchParams()
  const token = search.get('token') ?? ''
  const api = useApi()
  const navigate = useNavigate()
  const { member } = useSession()
  const [invitation, setInvitation] = useState<Invitation | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` asks again
  useEffect(() => {
    let isGone = false
    setRefusal(null)
    if (!token) return setRefusal(refuse('invite-missing', 'This address carries no invitation. Ask for the whole link.'))
    api.invites.look
      .query({ token })
      .then((found: Invitation) => !isGone && setInvitation(found))
      .catch((error: unknown) => !isGone && setRefusal(readRefusal(error)))
    return () => {
      isGone = true
    }
  }, [api, token, tries])

  const accept = async () => {
    setPending(true)
    setRefusal(null)
    try {
      await api.invites.accept.mutate({ token })
      await refreshSession()
      navigate('/', { replace: true })
    } catch (error) {
      setRefusal(readRefusal(error))
      setPending(false)
    }
  }

  if (!invitation && !refusal) {
    return (
      <CardPage title="Invitation">
        <Loading label="Reading the invitation" className="flex flex-col gap-2">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="h-8 w-full" />
        </Loading>
      </CardPage>
    )
  }
  if (!invitation) {
    const isUnreached = refusal?.code === 'server-unreached'
    return (
      <CardPage title={isUnreached ? 'Not now' : 'This invitation does not work'}>
        <Banner kind={isUnreached ? 'offline' : 'error'}>{refusal?.message}</Banner>
        <div className="mt-4 flex gap-2">
          {isUnreached && <Button onPress={() => setTries(tries + 1)}>Try again</Button>}
          <Link to="/" className={buttonClasses()}>
            Go to Slipway
          </Link>
        </div>
      </CardPage>
    )
  }
  const role = ROLE_WORDS[invitation.role]
  return (
    <CardPage title={`Hello, ${invitation.name}`}>
      <p className="text-sm text-muted">
        <strong className="font-medium text-ink">{invitation.invitedBy}</strong> invites you to work on this board together.
      </p>
      <dl className="my-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-md bg-canvas p-3 text-sm">
        <dt className="text-muted">Name</dt>
        <dd>{invitation.name}</dd>
        <dt className="text-muted">Role</dt>
        <dd>
          {role.label} <span className="text-muted">· {role.may}</span>
        </dd>
      </dl>
      {member && member.username !== invitation.name && (
        <Banner kind="info" className="mb-3">
          This browser is signed in as {member.username}. Accepting signs in as {invitation.name} instead.
        </Banner>
      )}
      {refusal && (
        <Banner kind="error" className="mb-3">
          {refusal.message}
        </Banner>
      )}
      <Button look="primary" onPress={accept} isPending={isPending} className="w-full">
        Accept
      </Button>
    </CardPage>
  )
}
