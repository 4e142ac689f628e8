import { createHash } from 'node:crypto'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { projectRoom, recordRoom, teamRoom } from '#domain/core/rooms.ts'
import { projectDemands } from '#domain/projects/schema.ts'
import { decideApproved, recordApproval } from '#domain/prompts/approval.ts'
import { renderWhole } from '#domain/prompts/rules.ts'
import { type Prompt, promptApprovals, prompts } from '#domain/prompts/schema.ts'
import { decideStartText, type FilledAtStart } from '#domain/prompts/start-text.ts'
import type { Task } from '#domain/tasks/schema.ts'
import { members } from '#domain/team/schema.ts'
import { call, type Documents } from '#server/documents/documents.ts'
import type { Identity } from '#server/gate/identity.ts'

/** The version named, or undefined, and how to find what it is composed of. */
async function readPrompt(documents: Documents, projectId: string, promptId: string) {
  const all = new Map((await documents.rows(projectRoom(projectId), prompts)).map((prompt): [string, Prompt] => [prompt.id, prompt]))
  return { prompt: all.get(promptId), find: (id: string) => all.get(id) }
}

/** The whole text of a prompt, its variables as far as they have values; empty where it is gone. */
export async function readPromptText(documents: Documents, projectId: string, promptId: string): Promise<Answer<string>> {
  const { prompt, find } = await readPrompt(documents, projectId, promptId)
  return prompt ? textOf(prompt, find) : accept('')
}

/**
 * What an attempt at a card is told beside the card itself: its prompt, ready to start from; empty where it has none. Refused where
 * a variable has no value, or the project demands an approval that is missing.
 */
export async function readStartText(documents: Documents, projectId: string, task: Task, filled: FilledAtStart): Promise<Answer<string>> {
  if (task.promptId === null) return accept('')
  const { prompt, find } = await readPrompt(documents, projectId, task.promptId)
  if (!prompt) return accept('')
  const text = textOf(prompt, find)
  if (!text.ok) return text
  const record = recordRoom(projectId)
  if ((await documents.row(record, projectDemands, projectId))?.approvedPrompts) {
    const approval = await documents.row(record, promptApprovals, prompt.id)
    const approved = decideApproved(prompt, approval, sealOf(text.value), await documents.rows(teamRoom, members))
    if (!approved.ok) return approved
  }
  return decideStartText(prompt, find, filled)
}

/** Approves a version of a prompt as it reads now, or takes the approval back. */
export async function approvePrompt(
  documents: Documents,
  who: Identity,
  { projectId, promptId, approved }: { projectId: string; promptId: string; approved: boolean },
): Promise<Answer<unknown>> {
  const { prompt, find } = await readPrompt(documents, projectId, promptId)
  if (!prompt) return refuse('prompt-not-found', 'That prompt is gone. Somebody may have deleted it.')
  const text = textOf(prompt, find)
  if (!text.ok) return text
  return await documents.edit([call(recordApproval, { projectId, promptId, approved, seal: sealOf(text.value) }, who.memberId)])
}

function textOf(prompt: Prompt, find: (id: string) => Prompt | undefined): Answer<string> {
  const rendered = renderWhole(prompt, find)
  return rendered.ok ? accept(rendered.value.text) : rendered
}

const sealOf = (text: string): string => createHash('sha256').update(text).digest('hex')
