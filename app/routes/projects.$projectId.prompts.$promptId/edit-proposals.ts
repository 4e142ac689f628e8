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

/** The checklist's points with ids of their own and the answers they came from. */
const checked = (checklist: readonly string[], criteria: readonly Criterion[], newId: () => string) =>
  withSources(checklist, criteria).map(({ text, sources }) => ({
    ...{ id: newId(), text, done: false },
    ...(sources.length > 0 ? { sources } : {}),
  }))

/** The cards as the board takes them: fresh ids, and positions turned into ids. */
export function cardsFrom(proposals: readonly ProposedTask[], promptId: string, criteria: readonly Criterion[], newId: () => string) {
  const ids = proposals.map(() => newId())
  return suggestionsFrom(proposals, criteria, newId).map((task, at) => ({
    ...task,
    id: ids[at] ?? newId(),
    promptId,
    dependsOn: task.dependsOn.flatMap((other) => ids[other] ?? []),
  }))
}

/** The cards as the board takes suggestions of them. */
export const suggestionsFrom = (proposals: readonly ProposedTask[], criteria: readonly Criterion[], newId: () => string) =>
  proposals.map(({ title, description, size, checklist, dependsOn }) => ({
    ...{ title, description, size, dependsOn: [...dependsOn] },
    checklist: checked(checklist, criteria, newId),
  }))
