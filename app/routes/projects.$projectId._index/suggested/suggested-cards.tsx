import Lightbulb from 'lucide-react/icons/lightbulb'
import { useMemo, useState } from 'react'
import { useQuery } from '#app/replica/react.tsx'
import { type PageAction, useActions } from '#app/shell/actions.tsx'
import { Button } from '#app/ui/button.tsx'
import { later } from '#app/ui/later.tsx'
import { inOrder, suggestionsOf } from '#domain/tasks/suggestions.ts'
import { useDecide } from './use-decide.ts'

const SuggestedDialog = later(() => import('./suggested-dialog.tsx').then((dialog) => dialog.SuggestedDialog))

const NO_ACTIONS: readonly PageAction[] = []
const icon = <Lightbulb aria-hidden className="size-4" />

export type SuggestedProps = { projectId: string; projectKey: string; canWrite: boolean }

/** BOARD-32: how many cards are suggested, beside the board's name, and the way to them. It is not there while none are. */
export function SuggestedCards({ projectId, projectKey, canWrite }: SuggestedProps) {
  const rows = useQuery(useMemo(() => suggestionsOf(projectId), [projectId]))
  const suggested = useMemo(() => inOrder(rows ?? []), [rows])
  const [isOpen, setOpen] = useState(false)
  const decide = useDecide(projectId, projectKey)
  const actions = useMemo<readonly PageAction[]>(() => {
    if (suggested.length === 0) return NO_ACTIONS
    const ids = suggested.map(({ id }) => id)
    const look = { id: 'suggested', label: 'Look at the suggested cards', icon, run: () => setOpen(true) }
    if (!canWrite) return [look]
    return [
      look,
      { id: 'accept-suggested', label: 'Accept all suggested cards', icon, run: () => void decide('accept', ids) },
      { id: 'reject-suggested', label: 'Reject all suggested cards', icon, run: () => void decide('reject', ids) },
    ]
  }, [suggested, canWrite, decide])
  useActions('Suggested cards', actions)
  if (suggested.length === 0) return null
  return (
    <>
      <Button size="small" look="quiet" icon={icon} onPress={() => setOpen(true)} aria-label={`${suggested.length} suggested`}>
        <span className="tabular max-md:hidden">{suggested.length} suggested</span>
      </Button>
      {isOpen && <SuggestedDialog {...{ projectId, suggested, canWrite, decide }} onClose={() => setOpen(false)} />}
    </>
  )
}
