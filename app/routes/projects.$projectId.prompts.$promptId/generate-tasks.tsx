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
import { suggestCards } from '#domain/tasks/suggestions.ts'
import type { Asker } from '../projects.$projectId.interviews.$interviewId/askers.ts'
import { cardsFrom, editProposal, mayDependOn, removeProposal, suggestionsFrom, withoutRejected } from './edit-proposals.ts'
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
  const suggest = useCommand(suggestCards)
  const reject = useCommand(rejectProposals)
  const navigate = useNavigate()

  const propose = async () => {
    if (writer === BUILTIN) return setWhole(builtin())
    const found = await proposals.ask((api) => api.proposals.tasks.mutate({ projectId, promptId: prompt.id, modelId: writer }))
    if (found) setWhole(found.slice(0, MAX_PROPOSED_TASKS))
  }
  const add = async (cards: readonly ProposedTask[]): Promise<Answer<number>> => {
    if (cards.length === 0) return ok(0)
    const made = await create({ projectId, key: projectKey, tasks: cardsFrom(cards, prompt.id, criteria, v7) })
    return made.ok ? ok(made.value.length) : made
  }
  const { familyId } = prompt
  const put = async (cards: readonly ProposedTask[]): Promise<Answer<number>> => {
    if (cards.length === 0) return ok(0)
    return await suggest({ projectId, familyId, promptId: prompt.id, suggestedBy: writer, cards: suggestionsFrom(cards, criteria, v7) })
  }
  /** Ends with what was proposed on the board, as cards or as suggestions. */
  const end = async (as: 'card' | 'suggestion') => {
    if (!proposed || isPending) return
    setPending(true)
    const answer = as === 'card' ? await add(proposed) : await put(proposed)
    setPending(false)
    if (!answer.ok) return setRefusal(answer)
    const accepted = as === 'card' ? proposed.map(({ title }) => title) : []
    void reject({ projectId, familyId, rejected: [...takenOut], accepted })
    if (proposed.length > 0) sayDone(sayEnd(as, answer.value), { label: 'Go to the board', run: () => navigate(`/projects/${projectId}`) })
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
          {proposed.length > 0 && (
            <Button onPress={() => void end('suggestion')} isDisabled={isPending}>
              Suggest {proposed.length === 1 ? 'it' : 'them'} on the board
            </Button>
          )}
          <Button
            look="primary"
            onPress={() => void end('card')}
            isPending={isPending}
            isDisabled={proposed.length === 0 && takenOut.length === 0}
          >
            {sayAdd(proposed.length)}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-sm text-muted">
        Change them, or take out what is not wanted: it is not proposed again. Nothing is saved before you add them, or leave it to others
        on the board.
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

const sayEnd = (as: 'card' | 'suggestion', count: number): string => {
  if (as === 'suggestion' && count === 0) return 'All of these stand on the board already.'
  if (count === 1) return `One ${as} is on the board.`
  return `${count} ${as}s are on the board.`
}

const sayAdd = (count: number): string =>
  count === 0 ? 'Propose none of them again' : count === 1 ? 'Add 1 card to the board' : `Add ${count} cards to the board`
