import { Link } from '@remix-run/react'
import { useState } from 'react'
import { v7 } from 'uuid'
import { useCommand } from '#app/replica/react.tsx'
import { ProposeDialog } from '#app/server-call/propose-dialog.tsx'
import { useProposals } from '#app/server-call/use-proposals.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Banner } from '#app/ui/banner.tsx'
import { Button, buttonClasses } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { TextArea, TextField } from '#app/ui/text-field.tsx'
import { isElsewhere, type Refusal, wordsAt } from '#domain/core/refusal.ts'
import type { Requirement } from '#domain/interviews/criteria.ts'
import { BUILTIN } from '#domain/interviews/schema.ts'
import { createPrompt } from '#domain/prompts/commands.ts'
import { derivePrompts } from '#domain/prompts/derive.ts'
import { type ProposedPrompt, proposedPrompt } from '#domain/prompts/proposal.ts'
import type { Asker } from './askers.ts'
import { acceptCurrent, beginReview, componentsOfCurrent, current, type Review, skipCurrent } from './review-proposals.ts'

type Props = {
  projectId: string
  interviewId: string
  title: string
  requirements: readonly Requirement[]
  openTopics: readonly string[]
  askers: readonly Asker[]
  preferred: string
  onClose: () => void
}

/** Proposes prompts and shows them one by one. Only what is accepted is saved; closing leaves nothing else behind. */
export function GeneratePrompts({ projectId, interviewId, title, requirements, openTopics, askers, preferred, onClose }: Props) {
  const [writer, setWriter] = useState(preferred)
  const [review, setReview] = useState<Review | null>(() => (askers.length > 1 ? null : beginReview(derivePrompts(title, requirements))))
  const proposals = useProposals(proposedPrompt)
  const propose = async () => {
    if (writer === BUILTIN) return setReview(beginReview(derivePrompts(title, requirements)))
    const found = await proposals.ask((api) => api.proposals.prompts.mutate({ projectId, interviewId, modelId: writer }))
    if (found) setReview(beginReview(found))
  }

  if (review) {
    return <ReviewDialog review={review} onReview={setReview} projectId={projectId} interviewId={interviewId} onClose={onClose} />
  }
  return (
    <ProposeDialog
      title="Generate prompts"
      verb="Propose prompts"
      who={{
        label: 'Who writes them',
        choices: askers,
        value: writer,
        onChange: setWriter,
        hint:
          writer === BUILTIN ? 'From the answers as they stand. Nothing leaves this device.' : 'The model reads the whole conversation.',
      }}
      proposals={proposals}
      doing="Writing"
      onPropose={() => void propose()}
      onClose={onClose}
    >
      {openTopics.length > 0 && (
        <Banner kind="info" className="mt-2">
          Still open: {openTopics.join(', ')}. The prompts will say so.
        </Banner>
      )}
    </ProposeDialog>
  )
}

type ReviewProps = { review: Review; onReview: (review: Review) => void; projectId: string; interviewId: string; onClose: () => void }

function ReviewDialog({ review, onReview, projectId, interviewId, onClose }: ReviewProps) {
  const proposal = current(review)
  if (!proposal) return <Summary review={review} projectId={projectId} onClose={onClose} />
  return (
    <OneProposal
      key={review.at}
      proposal={proposal}
      review={review}
      onReview={onReview}
      projectId={projectId}
      interviewId={interviewId}
      onClose={onClose}
    />
  )
}

function OneProposal({ proposal, review, onReview, projectId, interviewId, onClose }: ReviewProps & { proposal: ProposedPrompt }) {
  const create = useCommand(createPrompt)
  const [edited, setEdited] = useState(proposal)
  const [isEditing, setEditing] = useState(false)
  const [isPending, setPending] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const components = componentsOfCurrent(review)
  const errorAt = (field: string) => wordsAt(refusal, field)
  const set = (patch: Partial<ProposedPrompt>) => setEdited({ ...edited, ...patch })

  const accept = async () => {
    if (isPending) return
    setPending(true)
    const answer = await create({ projectId, id: v7(), interviewId, ...edited, isReusable: edited.type === 'context', components })
    setPending(false)
    if (answer.ok) return onReview(acceptCurrent(review, answer.value))
    setRefusal(answer)
    setEditing(true)
  }

  return (
    <Dialog
      title={`Proposal ${review.at + 1} of ${review.proposals.length}`}
      isOpen
      onClose={onClose}
      size="large"
      footer={
        <>
          <Button look="quiet" onPress={() => onReview(skipCurrent(review))} className="mr-auto">
            Skip
          </Button>
          <Button onPress={() => setEditing(!isEditing)}>{isEditing ? 'Preview' : 'Edit'}</Button>
          <Button look="primary" onPress={() => void accept()} isPending={isPending}>
            Accept
          </Button>
        </>
      }
    >
      {isEditing ? (
        <div className="grid gap-x-4 md:grid-cols-[1fr_180px]">
          <TextField label="Title" value={edited.title} onChange={(value) => set({ title: value })} error={errorAt('title')} />
          <TextField label="Type" value={edited.type} onChange={(type) => set({ type })} error={errorAt('type')} />
          <TextArea
            label="Text"
            rows={14}
            value={edited.content}
            onChange={(content) => set({ content })}
            error={errorAt('content')}
            className="md:col-span-2"
          />
        </div>
      ) : (
        <>
          <p className="mb-2 flex flex-wrap items-center gap-2">
            <span className="font-semibold">{edited.title}</span>
            <Badge>{edited.type}</Badge>
          </p>
          <section
            aria-label="The proposed text"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            className="max-h-[46dvh] overflow-auto rounded-md border border-line bg-surface px-4 py-3 scroll-thin"
          >
            <Markdown text={edited.content} />
          </section>
        </>
      )}
      <p className="mt-2 text-xs text-muted">
        {components.length > 0 && 'The requirements you accepted go in front of it. '}
        Nothing is saved before you accept it.
      </p>
      {refusal && isElsewhere(refusal, ['title', 'type', 'content']) && <Banner kind="error">{refusal.message}</Banner>}
    </Dialog>
  )
}

function Summary({ review, projectId, onClose }: { review: Review; projectId: string; onClose: () => void }) {
  const count = review.accepted.length
  const saved = count === 0 ? 'Nothing was saved.' : count === 1 ? 'One prompt is saved.' : `${count} prompts are saved.`
  const last = review.accepted.at(-1)
  return (
    <Dialog
      title={count === 0 ? 'All skipped' : 'Done'}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          {last && (
            <Link to={`/projects/${projectId}/prompts/${last.promptId}`} className={buttonClasses('primary')}>
              {count === 1 ? 'Open the prompt' : 'Open the last one'}
            </Link>
          )}
        </>
      }
    >
      <p role="status" className="text-sm text-muted">
        {saved} {count > 0 && `The next step is to generate tasks from ${count === 1 ? 'it' : 'them'}.`}
      </p>
    </Dialog>
  )
}
