import {
  type CreateTRPCClient,
  createTRPCClient,
  createTRPCUntypedClient,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from '@trpc/client'
import { ROLES, type Role } from '#domain/team/schema.ts'
import type { AppRouter } from '#server/api/router.ts'
import type { Me, Team } from '../shown.ts'
import type { Asked } from './session.ts'

export type Api = CreateTRPCClient<AppRouter>

/** The typed client for what cannot wait: reads, sign-in, live logs. */
export function openApi(url: string): Api {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        // A streamed answer has sent its headers before the procedure ran, so a cookie set by a sign-in would be lost.
        false: splitLink({ condition: (op) => op.type === 'mutation', true: httpLink({ url }), false: httpBatchStreamLink({ url }) }),
      }),
    ],
  })
}

type Known = { member: Me; team: Team; version?: string }

/** A role that only a newer server has may at least look. */
const readRole = (role: string): Role => ROLES.find((known) => known === role) ?? 'viewer'

/** Asks the server who is signed in. */
export function askSession(url: string): () => Promise<Asked> {
  const client = createTRPCUntypedClient({ links: [httpLink({ url })] })
  return async () => {
    try {
      const me = (await client.query('session.me', undefined, { signal: AbortSignal.timeout(10_000) })) as Known | null
      return me ? { kind: 'me', ...me, member: { ...me.member, role: readRole(me.member.role) } } : { kind: 'nobody' }
    } catch (error) {
      const status = error instanceof TRPCClientError ? (error.data as { httpStatus?: number } | undefined)?.httpStatus : undefined
      return status === 401 ? { kind: 'nobody' } : { kind: 'unreachable' }
    }
  }
}
