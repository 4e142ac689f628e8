import type { ReactNode } from 'react'
import { useSyncState } from '#app/replica/react.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { usePageTitle } from './use-page-title.ts'

/**
 * A page whose thing this device does not have. Who is connected has everything there is; without a connection it may only
 * not have come here yet, and nobody is told that it is gone.
 */
export function NotHere({ thing, icon, actions, isPage }: { thing: string; icon: ReactNode; actions?: ReactNode; isPage?: boolean }) {
  const isConnected = useSyncState().connection === 'online'
  const title = isConnected ? `This ${thing} is not here` : `This ${thing} has not reached this device`
  usePageTitle(title)
  return (
    <EmptyState isPage={isPage ?? false} icon={icon} title={title} actions={actions}>
      {isConnected
        ? 'Somebody deleted it, or the address is wrong.'
        : 'The server cannot be reached at the moment, and nothing is kept of it here. With a connection it appears by itself.'}
    </EmptyState>
  )
}
