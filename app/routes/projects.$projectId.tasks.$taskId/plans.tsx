import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import type { OutboxItem } from '#app/replica/shown.ts'
import { Button } from '#app/ui/button.tsx'
import { later } from '#app/ui/later.tsx'
import { sayRefusal } from '#app/ui/toasts.tsx'
import { addPlan } from '#domain/card-plans/commands.ts'
import { revisionsFor } from '#domain/card-plans/rules.ts'
import { usePlans } from './use-plans.ts'

const Plan = later(() => import('./plan.tsx').then((plan) => plan.Plan))

type PlansProps = { projectId: string; taskId: string; outbox: readonly OutboxItem[]; isReadOnly: boolean }

/** How the card is to be worked at: what people write together, and what of it was approved for agents. */
export function Plans({ projectId, taskId, outbox, isReadOnly }: PlansProps) {
  const known = usePlans(projectId, taskId)
  const add = useCommand(addPlan)
  const [addedId, setAddedId] = useState<string | null>(null)
  if (!known) return null
  const { plans, revisions } = known
  const addOne = async () => {
    const id = v7()
    const answer = await add({ projectId, id, taskId, title: plans.length === 0 ? 'Plan' : `Plan ${plans.length + 1}` })
    if (answer.ok) setAddedId(id)
    else sayRefusal(answer.message)
  }
  const isAsked = (id: string) => outbox.some(({ state, input }) => state !== 'refused' && (input as { planId?: string }).planId === id)
  return (
    <>
      {plans.map((plan) => (
        <Plan
          key={plan.id}
          projectId={projectId}
          plan={plan}
          revisions={revisionsFor(plan.id, revisions)}
          isNew={plan.id === addedId}
          isPending={isAsked(plan.id)}
          isReadOnly={isReadOnly}
        />
      ))}
      {!isReadOnly && (
        <Button
          look="quiet"
          size="small"
          icon={<Plus aria-hidden className="size-4" />}
          onPress={() => void addOne()}
          className="-mt-3 -ml-2 self-start"
        >
          {plans.length === 0 ? 'Add a plan' : 'Add another plan'}
        </Button>
      )}
    </>
  )
}
