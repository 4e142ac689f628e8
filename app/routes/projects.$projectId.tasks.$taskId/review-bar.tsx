import MessageSquareText from 'lucide-react/icons/message-square-text'
import { useMemo } from 'react'
import { useActions } from '#app/shell/actions.tsx'
import { Button } from '#app/ui/button.tsx'
import { isUnderWay } from '#domain/attempts/rules.ts'
import type { Review } from './use-review.ts'
import type { AttemptRow } from './use-task.ts'
import { WORDS } from './words.ts'

/** The notes that nobody has sent yet, everybody's, and the way to send them. */
export function ReviewBar({ attempt, review, isReadOnly }: { attempt: AttemptRow; review: Review; isReadOnly: boolean }) {
  const { drafts, send } = review
  const isBusy = isUnderWay(attempt.status)
  const canSend = drafts.length > 0 && !isBusy && !isReadOnly
  useActions(
    'Review',
    useMemo(
      () => [
        { id: 'next', label: 'Next line of the change', keys: 'j', isHeardElsewhere: true, run: focusLines },
        { id: 'previous', label: 'Line before', keys: 'k', isHeardElsewhere: true, run: focusLines },
        ...(isReadOnly ? [] : [{ id: 'note', label: 'Write a note on this line', keys: 'c', isHeardElsewhere: true, run: focusLines }]),
        ...(canSend ? [{ id: 'send', label: 'Send the notes to the agent', run: send }] : []),
      ],
      [canSend, isReadOnly, send],
    ),
  )
  if (drafts.length === 0) return null
  return (
    <span className="flex min-w-0 items-center gap-2">
      <MessageSquareText aria-hidden className="hidden size-4 shrink-0 md:block" />
      <span className="truncate">
        {drafts.length === 1 ? '1 note' : `${drafts.length} notes`}
        {isBusy && <span className="text-faint">, {WORDS.notesWait}</span>}
      </span>
      {!isReadOnly && (
        <Button look="primary" size="small" isDisabled={!canSend} onPress={send}>
          Send to the agent
        </Button>
      )}
    </span>
  )
}

/** To the lines of the first file: its keys are heard there. */
function focusLines(): void {
  document.querySelector<HTMLElement>('[aria-keyshortcuts="j k c"]')?.focus()
}
