import GitCompare from 'lucide-react/icons/git-compare'
import Trash2 from 'lucide-react/icons/trash-2'
import { useEffect, useRef, useState } from 'react'
import { v7 } from 'uuid'
import { usePeople } from '#app/people/use-people.ts'
import { useTakePictures } from '#app/pictures/use-take-pictures.ts'
import { useCommand, useConsequence, useText } from '#app/replica/react.tsx'
import { useSpokenUndo } from '#app/shell/use-spoken-undo.ts'
import { useTagOffers } from '#app/tags/use-tag-offers.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { IconButton } from '#app/ui/icon-button.tsx'
import { later } from '#app/ui/later.tsx'
import { SharedText } from '#app/ui/shared-text.tsx'
import type { Mounted } from '#app/ui/shared-text-editor.ts'
import { Time } from '#app/ui/time.tsx'
import { sayDone, sayRefusal } from '#app/ui/toasts.tsx'
import { editPlan, removePlan } from '#domain/card-plans/commands.ts'
import { cardPlans, planText } from '#domain/card-plans/schema.ts'
import { check } from '#domain/core/command.ts'
import type { Answer } from '#domain/core/refusal.ts'
import { projectRoom } from '#domain/core/rooms.ts'
import type { PlanRow, RevisionRow } from './use-plans.ts'

const ComparePlan = later(() => import('./compare-plan.tsx').then((compare) => compare.ComparePlan))

type PlanProps = {
  projectId: string
  plan: PlanRow
  /** The newest first. */
  revisions: readonly RevisionRow[]
  isNew: boolean
  isPending: boolean
  isReadOnly: boolean
}

const sayWhenRefused = (answer: Answer<unknown>) => {
  if (!answer.ok) sayRefusal(answer.message)
}

/** One plan: its text with everybody's carets, what of it was approved, and what an agent is given. */
export function Plan({ projectId, plan, revisions, isNew, isPending, isReadOnly }: PlanProps) {
  const shared = useText(projectRoom(projectId), cardPlans, plan.id, 'text')
  const takeFiles = useTakePictures()
  const offers = useTagOffers()
  const ask = useConsequence()
  const edit = useCommand(editPlan)
  const remove = useCommand(removePlan)
  const { undo } = useSpokenUndo()
  const [isComparing, setComparing] = useState(false)
  const editor = useRef<Mounted | null>(null)
  const [newest] = revisions
  const isApproved = newest !== undefined && newest.text === plan.text.trim()
  const where = { projectId, planId: plan.id }
  const approve = () => {
    const text = check(planText, plan.text)
    if (!text.ok) return sayRefusal(text.message)
    void ask('plans.approve', { ...where, taskId: plan.taskId, revisionId: v7(), text: text.value }, { rooms: [projectRoom(projectId)] })
  }
  const takeAway = async () => {
    const answer = await remove(where)
    if (answer.ok) sayDone(`“${plan.title}” is deleted. What was approved of it stays in the timeline.`, { label: 'Undo', run: undo })
    else sayRefusal(answer.message)
  }
  return (
    <section aria-label={plan.title}>
      {/* One line always: what is written below must not move when typing brings a button. */}
      <div className="mb-1 flex min-h-8 items-center gap-2">
        <PlanTitle title={plan.title} isReadOnly={isReadOnly} isNew={isNew} keep={(title) => edit({ ...where, patch: { title } })} />
        <Badge tone={isApproved ? 'ok' : newest ? 'warn' : 'neutral'} className="min-w-0">
          {isApproved ? `revision ${newest.number}, approved` : newest ? `changed since revision ${newest.number}` : 'not approved'}
        </Badge>
        <span className="ml-auto flex shrink-0 items-center gap-1">
          {newest && (
            <IconButton label="Compare with what was approved" onPress={() => setComparing(true)}>
              <GitCompare aria-hidden className="size-4" />
            </IconButton>
          )}
          {!isReadOnly && (
            <IconButton label={`Delete ${plan.title}`} onPress={() => void takeAway()}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          )}
          {!isReadOnly && !isApproved && (
            <Button size="small" isPending={isPending} isDisabled={plan.text.trim() === ''} onPress={approve}>
              <span>Approve{newest && <span className="max-md:hidden"> as revision {newest.number + 1}</span>}</span>
            </Button>
          )}
        </span>
      </div>
      <SharedText
        label={`Words of ${plan.title}`}
        shared={shared}
        words={plan.text}
        placeholder={isReadOnly ? 'Nothing is written here yet.' : 'How is it to be done: the steps, the files, what is left alone?'}
        isReadOnly={isReadOnly}
        takeFiles={takeFiles}
        offers={offers}
        editorRef={editor}
        minHeight={72}
        className="-mx-3"
      />
      <p className="mt-1 text-xs text-muted">
        <Given newest={newest} isApproved={isApproved} />
      </p>
      {isComparing && newest && (
        <ComparePlan
          plan={plan}
          revisions={revisions}
          isReadOnly={isReadOnly}
          onClose={() => setComparing(false)}
          onRestore={(text) => {
            setComparing(false)
            void edit({ ...where, patch: { text } }).then(sayWhenRefused)
          }}
        />
      )}
    </section>
  )
}

/** What an agent that starts now is given of it. */
function Given({ newest, isApproved }: { newest: RevisionRow | undefined; isApproved: boolean }) {
  const face = usePeople()
  if (!newest) return 'An agent starts without it until somebody approves it.'
  return (
    <>
      An agent that starts is given revision {newest.number}, approved by {face(newest.by).name} <Time at={newest.at} />
      {isApproved ? '.' : '; what was written since is not in it.'}
    </>
  )
}

type PlanTitleProps = { title: string; isReadOnly: boolean; isNew: boolean; keep: (title: string) => Promise<Answer<unknown>> }

/** Its name, edited where it stands: Enter or leaving keeps it, Escape puts it back. */
function PlanTitle({ title, isReadOnly, isNew, keep }: PlanTitleProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isNew) input.current?.select()
  }, [isNew])
  const leave = async () => {
    setDraft(null)
    if (draft !== null && draft.trim() !== title) sayWhenRefused(await keep(draft))
  }
  if (isReadOnly) return <h2 className="text-sm font-semibold">{title}</h2>
  return (
    <input
      ref={input}
      aria-label="Name of the plan"
      value={draft ?? title}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => void leave()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        setDraft(null)
      }}
      className="field-sizing-content -ml-1.5 h-7 min-w-16 max-w-60 rounded-md border border-transparent bg-transparent px-1.5 text-sm font-semibold transition-colors hover:border-line focus:border-accent"
    />
  )
}
