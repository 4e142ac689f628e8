import { useNavigate } from '@remix-run/react'
import Compass from 'lucide-react/icons/compass'
import { Button } from '#app/ui/button.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'

export const meta = () => [{ title: 'Nothing here · Slipway' }]

/** An address nothing stands at. */
export default function NotFound() {
  const navigate = useNavigate()
  return (
    <div className="flex h-full items-center justify-center">
      <EmptyState
        isPage
        icon={<Compass className="size-8" />}
        title="There is nothing at this address"
        actions={
          <>
            <Button onPress={() => navigate(-1)}>Go back</Button>
            <Button look="primary" onPress={() => navigate('/')}>
              Go to your projects
            </Button>
          </>
        }
      >
        The link may be old, or what it led to was deleted.
      </EmptyState>
    </div>
  )
}
