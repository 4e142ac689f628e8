import { useNavigate } from '@remix-run/react'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { ProposeDialog } from '#app/server-call/propose-dialog.tsx'
import { useProposals } from '#app/server-call/use-proposals.ts'
import { Banner } from '#app/ui/banner.tsx'
import { Button } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { sayDone } from '#app/ui/toasts.tsx'
import type { Refusal } from '#domain/core/refusal.ts'
import type { Criterion } from '#domain/interviews/criteria.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { createTasks } from '#domain/tasks/commands.ts'
import { deriveTasks, MAX_PROPOSED_TASKS, type ProposedTask, proposedTask } from '#domain/tasks/proposal.ts'
import type { Asker } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { cardsFrom, editProposal, mayDependOn, removeProposal } from './edit-proposals.ts'
import { ProposedCard } from './proposed-card.tsx'

type Props = {
  projectId: string
  projectKey: string
  prompt: { id: string; title: string }
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
  const [proposed, setProposed] = useState<readonly ProposedTask[] | null>(() => (askers.length > 1 ? null : builtin()))
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isPending, setPending] = useState(false)
  const proposals = useProposals(proposedTask)
  const create = useCommand(createTasks)
  const navigate = useNavigate()

  const propose = async () => {
    if (writer === BUILTIN) return setProposed(builtin())
    const found = await proposals.ask((api) => api.proposals.tasks.mutate({ projectId, promptId: prompt.id, modelId: writer }))
    if (found) setProposed(found.slice(0, MAX_PROPOSED_TASKS))
  }
  const accept = async () => {
    if (!proposed || isPending) return
    setPending(true)
    const answer = await create({ projectId, key: projectKey, tasks: cardsFrom(proposed, prompt.id, criteria, v7) })
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
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
          <Button look="primary" onPress={() => void accept()} isPending={isPending} isDisabled={proposed.length === 0}>
            {proposed.length === 1 ? 'Add 1 card to the board' : `Add ${proposed.length} cards to the board`}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-sm text-muted">Change them, or take out what is not wanted. Nothing is saved before you add them.</p>
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
            onRemove={() => setProposed(removeProposal(proposed, at))}
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
