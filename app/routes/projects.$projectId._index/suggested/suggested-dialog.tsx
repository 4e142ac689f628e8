import { useEffect, useRef, useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { modelsList } from '#domain/models/queries.ts'
import { askerName } from '../../projects.$projectId.interviews.$interviewId/askers.ts'
import { type Shown, SuggestedCard } from './suggested-card.tsx'
import type { Decide } from './use-decide.ts'

type Props = { projectId: string; suggested: readonly Shown[]; canWrite: boolean; decide: Decide; onClose: () => void }

/** The suggested cards, to be accepted or rejected one by one or many at once. It closes when none is left. */
export function SuggestedDialog({ projectId, suggested, canWrite, decide, onClose }: Props) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const known = useQuery(modelsList()) ?? []
  const chosen = suggested.filter(({ id }) => !left.has(id)).map(({ id }) => id)
  const titles = new Map(suggested.map(({ id, title }) => [id, title]))
  const toggle = (id: string): void =>
    setLeft((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])))
  const list = useRef<HTMLUListElement>(null)
  const [goOnAt, setGoOnAt] = useState<number | null>(null)
  const press = (what: 'accept' | 'reject', ids: readonly string[]) => () => {
    void decide(what, ids)
    if (ids.length === suggested.length) return onClose()
    // What was left out is what is left: it would be chosen now, and the button that was pressed stays alive.
    setLeft(new Set())
  }
  /** The keyboard goes on where the row stood that is gone. */
  const pressAt = (what: 'accept' | 'reject', at: number, id: string) => () => {
    press(what, [id])()
    setGoOnAt(at)
  }
  const count = suggested.length
  const before = useRef(count)
  useEffect(() => {
    const isGone = count < before.current
    before.current = count
    if (!isGone || goOnAt === null) return
    setGoOnAt(null)
    list.current?.children[Math.min(goOnAt, count - 1)]?.querySelector('button')?.focus()
  }, [count, goOnAt])
  const all = chosen.length === count && chosen.length > 1 ? 'all ' : ''
  return (
    <Dialog
      title={count === 1 ? 'One suggested card' : `${count} suggested cards`}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        canWrite && (
          <>
            <Button isDisabled={chosen.length === 0} onPress={press('reject', chosen)}>
              Reject {all}
              {chosen.length}
            </Button>
            <Button look="primary" isDisabled={chosen.length === 0} onPress={press('accept', chosen)}>
              Accept {all}
              {chosen.length}
            </Button>
          </>
        )
      }
    >
      <p className="mb-3 text-sm text-muted">
        {count === 1 ? 'It is no card' : 'They are no cards'} yet: nothing counts, starts or finds {count === 1 ? 'it' : 'them'} until
        somebody accepts {count === 1 ? 'it' : 'them'}. What is rejected is not proposed again.
      </p>
      <ul ref={list} aria-label="Suggested cards" className="flex flex-col gap-2">
        {suggested.map((card, at) => (
          <SuggestedCard
            key={card.id}
            {...{ projectId, card, canWrite }}
            by={askerName(card.suggestedBy, known)}
            waitsFor={card.dependsOn.flatMap((id) => titles.get(id) ?? [])}
            isChosen={!left.has(card.id)}
            onChoose={() => toggle(card.id)}
            onAccept={pressAt('accept', at, card.id)}
            onReject={pressAt('reject', at, card.id)}
          />
        ))}
      </ul>
    </Dialog>
  )
}
