import { useRouteError } from '@remix-run/react'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { buttonClasses } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'

/** A page that failed: one sentence, and the way back. Plain links, because the app itself may be what failed. `isPage`: nothing around it has a heading. */
export function PageFailed({ isPage = true }: { isPage?: boolean }) {
  const error = useRouteError()
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState
        isPage={isPage}
        icon={<TriangleAlert className="size-8" />}
        title="This page stopped working"
        actions={
          <>
            <a href={location.href} className={buttonClasses('primary')}>
              Try again
            </a>
            <a href="/" className={buttonClasses()}>
              Go to your projects
            </a>
          </>
        }
      >
        What was saved is saved. The cause: {error instanceof Error ? error.message : 'unknown'}
      </EmptyState>
    </div>
  )
}
