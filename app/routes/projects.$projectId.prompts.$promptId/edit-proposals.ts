import { type Criterion, withSources } from '#domain/interviews/criteria.ts'
import type { ProposedTask } from '#domain/tasks/proposal.ts'
import { sameProposal } from '#domain/tasks/rejected.ts'

/** The list without one card: what depended on it no longer does, and the other positions follow. */
export function removeProposal(proposals: readonly ProposedTask[], removed: number): ProposedTask[] {
  return proposals
    .filter((_, at) => at !== removed)
    .map((task) => ({ ...task, dependsOn: task.dependsOn.filter((at) => at !== removed).map((at) => (at > removed ? at - 1 : at)) }))
}

/** The list without what was rejected before, and how many those are. */
export function withoutRejected(
  proposals: readonly ProposedTask[],
  rejected: readonly { title: string }[],
): { proposals: ProposedTask[]; left: number } {
  const known = new Set(rejected.map(({ title }) => sameProposal(title)))
  let rest = [...proposals]
  for (let at = rest.length - 1; at >= 0; at--) if (known.has(sameProposal(rest[at]?.title ?? ''))) rest = removeProposal(rest, at)
  return { proposals: rest, left: proposals.length - rest.length }
}

/** The list with one card changed. */
export const editProposal = (proposals: readonly ProposedTask[], edited: number, patch: Partial<ProposedTask>): ProposedTask[] =>
  proposals.map((task, at) => (at === edited ? { ...task, ...patch } : task))

/** The positions a card may depend on without any card waiting for itself in the end. */
export function mayDependOn(proposals: readonly ProposedTask[], at: number): number[] {
  return proposals.map((_, other) => other).filter((other) => other !== at && !reaches(proposals, other, at))
}

function reaches(proposals: readonly ProposedTask[], from: number, to: number, seen: ReadonlySet<number> = new Set()): boolean {
  if (from === to) return true
  if (seen.has(from)) return false
  return (proposals[from]?.dependsOn ?? []).some((next) => reaches(proposals, next, to, new Set([...seen, from])))
}

/** The cards as the board takes them: fresh ids, positions turned into ids, the checklist's points with ids of their own and the answers they came from. */
export function cardsFrom(proposals: readonly ProposedTask[], promptId: string, criteria: readonly Criterion[], newId: () => string) {
  const checked = ({ text, sources }: Criterion) => ({ id: newId(), text, done: false, ...(sources.length > 0 ? { sources } : {}) })
  const ids = proposals.map(() => newId())
  return proposals.map((task, at) => ({
    id: ids[at] ?? newId(),
    title: task.title,
    description: task.description,
    size: task.size,
    promptId,
    dependsOn: task.dependsOn.flatMap((other) => ids[other] ?? []),
    checklist: withSources(task.checklist, criteria).map(checked),
  }))
}
