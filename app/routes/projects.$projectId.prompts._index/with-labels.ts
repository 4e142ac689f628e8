import type { PromptApproval } from '#domain/prompts/schema.ts'

type Approval = Pick<PromptApproval, 'id' | 'approved' | 'by' | 'at'>

/** What a version is labelled, and by whom since when where somebody approved it. */
export type Label = { label: 'draft' | 'approved'; approval: Approval | null }

/** The versions with their labels: approved is what an approval stands for, everything else is a draft. */
export function withLabels<P extends { id: string }>(prompts: readonly P[], approvals: readonly Approval[]): (P & Label)[] {
  const approved = new Map(approvals.filter((approval) => approval.approved).map((approval) => [approval.id, approval]))
  return prompts.map((prompt) => {
    const approval = approved.get(prompt.id) ?? null
    return { ...prompt, label: approval ? 'approved' : 'draft', approval }
  })
}
