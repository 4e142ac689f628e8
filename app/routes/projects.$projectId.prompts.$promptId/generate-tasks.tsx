import { useNavigate } from '@remix-run/react'
import { useMemo, useState } from 'react'
import { v7 } from 'uuid'
import { useCommand, useQuery } from '#app/replica/react.tsx'
import { ProposeDialog } from '#app/server-call/propose-dialog.tsx'
import { useProposals } from '#app/server-call/use-proposals.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import { type Answer, accept as ok, type Refusal } from '#domain/core/refusal.ts'
import type { Criterion } from '#domain/interviews/criteria.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { deriveTasks, MAX_PROPOSED_TASKS, type ProposedTask, proposedTask } from '#domain/tasks/proposal.ts'
import { rejectedOf, rejectProposals } from '#domain/tasks/rejected.ts'
import type { Asker } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { cardsFrom, editProposal, mayDependOn, removeProposal, withoutRejected } from './edit-proposals.ts'
import { ProposedCard } from './proposed-card.tsx'

type Props = {
  projectId: string
  projectKey: string
  prompt: { id: string; familyId: string; title: string }
  rendered: string
  /** What the prompt asks to be checked, for the links of the cards' checklists. */
  criteria: readonly Criterion[]
  askers: readonly Asker[]
  preferred: string
  onClose: () => void
}

/** Proposes at most seven cards; each can be changed or taken out before anything reaches the board. */
export function GenerateTasks({ projectId, projectKey, prompt, rendered, criteria, askers, preferred, onClose }: Props) {
  const [writer, setWriter] = useState(preferred)
  const builtin = () => deriveTasks(prompt.title, rendered)
  const rejected = useQuery(rejectedOf(projectId, prompt.familyId))
  // As they were proposed; what was rejected before is among them.
  const [whole, setWhole] = useState<readonly ProposedTask[] | null>(() => (askers.length > 1 ? null : builtin()))
  const [edited, setProposed] = useState<readonly ProposedTask[] | null>(null)
  const fresh = useMemo(() => (whole && rejected ? withoutRejected(whole, rejected) : null), [whole, rejected])
  const proposed = edited ?? fresh?.proposals ?? null
  const [takenOut, setTakenOut] = useState<readonly string[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)
  const proposals = useProposals(proposedTask)
  const create = useCommand(createTasks)
  const reject = useCommand(rejectProposals)
  const navigate = useNavigate()

  const propose = async () => {
    if (writer === BUILTIN) return setWhole(builtin())
    const found = await proposals.ask((api) => api.proposals.tasks.mutate({ projectId, promptId: prompt.id, modelId: writer }))
    if (found) setWhole(found.slice(0, MAX_PROPOSED_TASKS))
  }
  const add = async (cards: readonly ProposedTask[]): Promise<Answer<readonly string[]>> =>
    cards.length === 0 ? ok([]) : await create({ projectId, key: projectKey, tasks: cardsFrom(cards, prompt.id, criteria, v7) })
  const accept = async () => {
    if (!proposed || isPending) return
    setPending(true)
    const answer = await add(proposed)
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
    void reject({ projectId, familyId: prompt.familyId, rejected: [...takenOut], accepted: proposed.map(({ title }) => title) })
    if (proposed.length === 0) return onClose()
    const done = answer.value.length === 1 ? 'One card is on the board.' : `${answer.value.length} cards are on the board.`
    sayDone(done, { label: 'Go to the board', run: () => navigate(`/projects/${projectId}`) })
    onClose()
  }
  const refusedAt = /^tasks\.(\d+)/.exec(refusal?.field ?? '')?.[1]

  if (!proposed) {
    return (
      <ProposeDialog
        title="Generate tasks"
        verb="Propose tasks"
        who={{
          label: 'Who proposes them',
          choices: askers,
          value: writer,
          onChange: setWriter,
          hint:
            writer === BUILTIN
              ? 'One card for each point of the text. Nothing leaves this device.'
              : 'The model reads the rendered prompt.',
        }}
        proposals={proposals}
        doing="Thinking"
        onPropose={() => void propose()}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog
      title={proposed.length === 1 ? 'One proposed card' : `${proposed.length} proposed cards`}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            onPress={() => void accept()}
            isPending={isPending}
            isDisabled={proposed.length === 0 && takenOut.length === 0}
          >
            {sayAdd(proposed.length)}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-sm text-muted">
        Change them, or take out what is not wanted: it is not proposed again. Nothing is saved before you add them.
      </p>
      {fresh !== null && fresh.left > 0 && edited === null && (
        <Banner
          kind="info"
          className="mb-3"
          actions={
            <Button size="small" onPress={() => setProposed(whole)}>
              Show {fresh.left === 1 ? 'it' : 'them'}
            </Button>
          }
        >
          {fresh.left === 1 ? 'One that was taken out before is left out.' : `${fresh.left} that were taken out before are left out.`}
        </Banner>
      )}
      {proposed.length === 0 && <p className="py-6 text-center text-sm text-muted">All are taken out.</p>}
      <ol aria-label="Proposed cards" className="flex flex-col gap-2">
        {proposed.map((task, at) => (
          <ProposedCard
            // biome-ignore lint/suspicious/noArrayIndexKey: positions are what dependencies name
            key={at}
            at={at}
            task={task}
            titles={proposed.map(({ title }) => title)}
            mayDependOn={mayDependOn(proposed, at)}
            error={refusedAt === String(at) ? (refusal?.message ?? null) : null}
            onChange={(patch) => setProposed(editProposal(proposed, at, patch))}
            onRemove={() => {
              setTakenOut([...takenOut, task.title])
              setProposed(removeProposal(proposed, at))
            }}
          />
        ))}
      </ol>
      {refusal && refusedAt === undefined && (
        <Banner kind="error" className="mt-3">
          {refusal.message}
        </Banner>
      )}
    </Dialog>
  )
}

const sayAdd = (count: number): string =>
  count === 0 ? 'Propose none of them again' : count === 1 ? 'Add 1 card to the board' : `Add ${count} cards to the board`
