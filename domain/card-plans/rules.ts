import type { CardPlan, PlanRevision } from './schema.ts'

type Revision = Pick<PlanRevision, 'planId' | 'number'>

/** The revisions of one plan, the newest first. */
export const revisionsFor = <R extends Revision>(planId: string, revisions: readonly R[]): R[] =>
  revisions.filter((revision) => revision.planId === planId).sort((a, b) => b.number - a.number)

/**
 * PLAN-2: what an agent is given of a card's plans: of each that is there the revision approved last, whatever is being typed since; of one that nobody
 * approved, nothing. Empty where there is none.
 */
export function planTextFor(
  plans: readonly Pick<CardPlan, 'id' | 'createdAt'>[],
  revisions: readonly (Revision & Pick<PlanRevision, 'title' | 'text' | 'by'>)[],
  nameOf: (memberId: string) => string,
): string {
  return [...plans]
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .flatMap(({ id }) => revisionsFor(id, revisions)[0] ?? [])
    .map(({ title, number, text, by }) => `${title} (revision ${number}, approved by ${nameOf(by)}):\n\n${text}`)
    .join('\n\n')
}
