import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { recordRoom } from '#domain/core/rooms.ts'
import { APPROVERS, type Member } from '#domain/team/schema.ts'
import { versionName } from './rules.ts'
import { type Prompt, type PromptApproval, promptApprovals } from './schema.ts'

/** Writes down that somebody approved a version, or took the approval back. Run by the server alone. */
export const recordApproval = defineCommand({
  name: 'recordApproval',
  input: z.object({ projectId: z.uuid(), promptId: z.string(), approved: z.boolean(), seal: z.string() }),
  rooms: ({ projectId }) => [recordRoom(projectId)],
  run(tx, { promptId, ...fields }) {
    const record = tx.room(recordRoom(fields.projectId))
    const said = { ...fields, by: tx.actor, at: tx.now }
    record.create(promptApprovals, { id: promptId, ...said })
    record.update(promptApprovals, promptId, said)
    return accept()
  },
})

/**
 * PROMPT-5: where the project demands it, an attempt starts from an approved version only, with the text that was approved.
 * The refusal names those whose approval is missing.
 */
export function decideApproved(
  prompt: Pick<Prompt, 'title' | 'version'>,
  approval: Pick<PromptApproval, 'approved' | 'seal'> | undefined,
  seal: string,
  members: readonly Pick<Member, 'username' | 'role' | 'isActive'>[],
): Answer {
  if (approval?.approved && approval.seal === seal) return accept()
  const who = members.filter(({ role, isActive }) => isActive && APPROVERS.includes(role)).map(({ username }) => username)
  const missing = who.length === 0 ? 'Nobody here may approve it yet: make somebody an approver.' : `It waits for ${orList(who)}.`
  const fault = approval?.approved ? 'has changed since it was approved' : 'is not approved'
  return refuse('prompt-not-approved', `${versionName(prompt)} ${fault}, and this project starts from approved prompts only. ${missing}`)
}

const orList = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/, ' or $1')
