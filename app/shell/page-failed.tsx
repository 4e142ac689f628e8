import { isRouteErrorResponse, useRouteError } from '@remix-run/react'
import Compass from 'lucide-react/icons/compass'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'

/** A page that failed, or that does not exist: one sentence, and the way back. Plain links, because the app itself may be what failed. */
export function PageFailed() {
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  const cause = error instanceof Error ? error.message : 'unknown'
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState
        isPage
        icon={isMissing ? <Compass className="size-8" /> : <TriangleAlert className="size-8" />}
        title={isMissing ? 'There is nothing at this address' : 'This page stopped working'}
        actions={
          <>
            {!isMissing && (
              <a href={typeof location === 'undefined' ? '/' : location.href} className={buttonClasses('primary')}>
                Try again
              </a>
            )}
            <a href="/" className={buttonClasses(isMissing ? 'primary' : 'plain')}>
              Go to your projects
            </a>
          </>
        }
      >
        {isMissing ? 'The link may be old, or what it led to was deleted.' : `What was saved is saved. The cause: ${cause}`}
      </EmptyState>
    </div>
  )
}
