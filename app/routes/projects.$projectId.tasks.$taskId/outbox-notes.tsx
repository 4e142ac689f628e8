import Clock from 'lucide-react/icons/clock'
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
  'proposals.title': 'A title from a model',
  'plans.approve': 'Approval of the plan',
  'schedules.set': 'Start later',
  'schedules.cancel': 'Taking off the time',
  'attempts.followUp': 'Message to the agent',
}

/** What was asked of the server and has not happened yet, in the bar over the card so that nothing moves. A message waits in the chat itself. */
export function Waits({ items }: { items: readonly OutboxItem[] }) {
  const first = items.find(({ state, procedure }) => state !== 'refused' && procedure !== 'attempts.followUp')
  return (
    <span role="status" className="flex min-w-0 items-center gap-2 text-xs text-muted">
      {first && (
        <>
          {first.state === 'sending' ? <Spinner /> : <Clock aria-hidden className="size-3.5 shrink-0" />}
          <span className="truncate">
            {NAMES[first.procedure] ?? first.procedure}: {WORDS.waiting}
          </span>
        </>
      )}
    </span>
  )
}

/** What the server refused, with its sentence, until it is read. */
export function Refused({ items }: { items: readonly OutboxItem[] }) {
  return (
    <>
      {items
        .filter(({ state }) => state === 'refused')
        .map((item) => (
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
        ))}
    </>
  )
}
