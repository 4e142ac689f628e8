import { Clock } from 'lucide-react'
import { dismissOutbox } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Spinner } from '#app/ui/spinner.tsx'
import { WORDS } from './words.ts'

const NAMES: Readonly<Record<string, string>> = {
  'attempts.start': 'Start',
  'attempts.cancel': 'Cancel',
  'attempts.resume': 'Resume',
  'attempts.merge': 'Merge',
  'attempts.followUp': 'Message to the agent',
}

/** What was asked of the server and has not happened yet, and what it refused. */
export function OutboxNotes({ items }: { items: readonly OutboxItem[] }) {
  return (
    <>
      {items.map((item) =>
        item.state === 'refused' ? (
          <Banner
            key={item.id}
            kind="error"
            className="mb-2"
            actions={
              <Button size="small" onPress={() => dismissOutbox(item.id)}>
                Dismiss
              </Button>
            }
          >
            <span className="font-medium">{NAMES[item.procedure] ?? item.procedure} was refused.</span> {item.message}
          </Banner>
        ) : (
          <div key={item.id} role="status" className="mb-2 flex items-center gap-2 rounded-md bg-hover px-3 py-2 text-sm text-muted">
            {item.state === 'sending' ? <Spinner /> : <Clock aria-hidden className="size-3.5" />}
            {NAMES[item.procedure] ?? item.procedure}: {WORDS.waiting}
          </div>
        ),
      )}
    </>
  )
}
