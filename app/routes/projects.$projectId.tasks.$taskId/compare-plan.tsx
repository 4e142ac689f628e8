import { useState } from 'react'
import { usePeople } from '#app/people/use-people.ts'
import { Button } from '#app/ui/button.tsx'
import { sayMoment } from '#app/ui/say-time.ts'
import { CompareDialog, type Compared } from '#app/work/compare/compare-dialog.tsx'
import type { PlanRow, RevisionRow } from './use-plans.ts'

const NOW = 'now'

type Props = {
  plan: PlanRow
  revisions: readonly RevisionRow[]
  isReadOnly: boolean
  onClose: () => void
  onRestore: (text: string) => void
}

/** What was approved of a plan and what it reads now, any two of them, with the way back to one: it becomes the text, and is approved anew like any. */
export function ComparePlan({ plan, revisions, isReadOnly, onClose, onRestore }: Props) {
  const face = usePeople()
  const texts: Compared[] = [
    { id: NOW, label: 'As it reads now', hint: 'not approved as such', title: plan.title, content: plan.text },
    ...revisions.map(({ id, number, by, at, title, text }) => ({
      id,
      label: `Revision ${number}`,
      hint: `${face(by).name}, ${sayMoment(at)}`,
      title,
      content: text,
    })),
  ]
  const [compared, setCompared] = useState({ from: revisions[0]?.id ?? NOW, to: NOW })
  return (
    <CompareDialog
      texts={texts}
      {...compared}
      onChange={setCompared}
      onClose={onClose}
      actions={(before) =>
        !isReadOnly &&
        before &&
        before.id !== NOW &&
        before.content !== plan.text && (
          <Button look="quiet" onPress={() => onRestore(before.content)}>
            Write {before.label.toLowerCase()} again
          </Button>
        )
      }
    />
  )
}
