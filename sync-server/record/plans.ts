import { copyPlan, planGone, recordRevision } from '#domain/card-plans/commands.ts'
import { planTextFor, revisionsFor } from '#domain/card-plans/rules.ts'
import { cardPlans, planRevisions } from '#domain/card-plans/schema.ts'
import { recordEvent } from '#domain/changes/commands.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { type Answer, accept } from '#domain/core/refusal.ts'
import { projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { members } from '#domain/team/schema.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { CommandCall } from '#server/documents/materialised.ts'
import type { Identity } from '#server/gate/identity.ts'

/** Approves a plan as whoever asks has read it, not as it reads by now: that somebody is typing in it changes nothing. Answers the revision's number. */
export async function approvePlan(
  documents: Documents,
  who: Identity,
  { projectId, planId, revisionId, text }: { projectId: string; planId: string; revisionId: string; text: string },
): Promise<Answer<{ number: number }>> {
  const plan = await documents.row(projectRoom(projectId), cardPlans, planId)
  if (!plan) return planGone()
  const { taskId, title } = plan
  const known = await documents.row(recordRoom(projectId), planRevisions, revisionId)
  if (known) return accept({ number: known.number })
  const done = await documents.edit([
    call(recordRevision, { projectId, revisionId, taskId, planId, title, text }, who.memberId),
    call(recordEvent, { projectId, taskId, action: 'plan.approved', target: revisionId, message: `“${title}”` }, who.memberId),
  ])
  return done.ok ? accept({ number: Number(done.value[0]) }) : done
}

/**
 * PLAN-3: gives a card's copy the plans of the card, each as its newest revision has it and approved by whoever approved that: what an attempt at the copy is
 * told. What nobody approved stays behind. The same copy twice has them once.
 */
export async function plansForCopy(documents: Documents, projectId: string, from: string, to: string): Promise<CommandCall[]> {
  const where = { taskId: from }
  const plans = await documents.rows(projectRoom(projectId), cardPlans, { where })
  const revisions = plans.length === 0 ? [] : await documents.rows(recordRoom(projectId), planRevisions, { where })
  return plans.flatMap((plan) => {
    const [newest] = revisionsFor(plan.id, revisions)
    if (!newest) return []
    const { title, text, by } = newest
    const id = derivedId(to, plan.id)
    return [
      call(copyPlan, { projectId, id, taskId: to, title, text }, by),
      call(recordRevision, { projectId, revisionId: derivedId(id, newest.id), taskId: to, planId: id, title, text }, by),
    ]
  })
}

/** What an attempt at a card is told of its plans: what was approved of them, and nothing else. */
export async function readPlans(documents: Documents, projectId: string, taskId: string): Promise<string> {
  const where = { taskId }
  const plans = await documents.rows(projectRoom(projectId), cardPlans, { where })
  if (plans.length === 0) return ''
  const [revisions, people] = await Promise.all([
    documents.rows(recordRoom(projectId), planRevisions, { where }),
    documents.rows(teamRoom, members),
  ])
  return planTextFor(plans, revisions, (id) => people.find((member) => member.id === id)?.username ?? 'somebody')
}
