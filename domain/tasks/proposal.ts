import { z } from 'zod'
import { saysNothing } from '#domain/interviews/says-nothing.ts'
import { isCheckHeading, sectionsOf } from '#domain/prompts/sections.ts'

/** The most cards one breakdown may suggest. */
export const MAX_PROPOSED_TASKS = 7
const MOST_CHECKS = 10

/** A card somebody suggests; `dependsOn` are positions in the same list. Nothing is saved before a person accepts it. */
export const proposedTask = z.object({
  title: z.string().trim().min(1).max(255),
  description: z.string(),
  size: z.enum(['S', 'M', 'L']),
  checklist: z.array(z.string()),
  dependsOn: z.array(z.number().int().nonnegative()),
})
export type ProposedTask = z.output<typeof proposedTask>

/** Headings that explain the work and are no work themselves. */
const CONTEXT_HEADINGS = /^(goal|users|limits|risks|context|background)\b/i
/** What a point under one of the requirement sheet's headings asks to be built. */
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^(screens|what people see)\b/i, 'Screen: '],
  [/^(rules|what must always hold)\b/i, 'Rule: '],
  [/^data\b/i, 'Data: '],
]

/**
 * TASK-6: what the built-in agent proposes from a prompt's rendered text: one card for each point under its headings, at
 * most seven, headings that only explain and points that say there is nothing left out. The points under "Done when" become the checklists: one that ends with a
 * card's point is that card's, the others are everybody's. A text without points of work gives one card.
 */
export function deriveTasks(title: string, rendered: string): ProposedTask[] {
  const sections = sectionsOf(rendered)
  const criteria = [...new Set(sections.filter(({ heading }) => isCheckHeading(heading)).flatMap((section) => section.points))]
  const points = sections
    .filter((section) => !isCheckHeading(section.heading) && !CONTEXT_HEADINGS.test(section.heading))
    .flatMap((section) => section.points.map((point) => ({ heading: section.heading, point })))
    .filter(({ point }) => !point.startsWith('_') && !saysNothing(point))
  const chosen = spread(points, MAX_PROPOSED_TASKS)
  const isOf = (criterion: string, point: string): boolean => criterion.toLowerCase().endsWith(point.toLowerCase())
  const everybodys = criteria.filter((criterion) => !points.some(({ point }) => isOf(criterion, point)))
  if (chosen.length === 0)
    return [{ title: shorten(title), description: rendered.trim(), size: 'M', checklist: criteria.slice(0, MOST_CHECKS), dependsOn: [] }]
  return chosen.map(({ heading, point }, at) => ({
    title: shorten(`${VERBS.find(([pattern]) => pattern.test(heading))?.[1] ?? ''}${point}`),
    description: `${heading ? `**${heading}**\n\n` : ''}${point}\n\nPart of: ${title}`,
    size: point.length > 160 ? 'L' : point.length > 60 ? 'M' : 'S',
    checklist: [...criteria.filter((criterion) => isOf(criterion, point)), ...everybodys].slice(0, MOST_CHECKS),
    dependsOn: at === 0 ? [] : [0],
  }))
}

/** At most `most` of the points, without saying one twice. */
function spread<T extends { point: string }>(points: readonly T[], most: number): T[] {
  const seen = new Set<string>()
  return points.filter(({ point }) => !seen.has(point.toLowerCase()) && seen.add(point.toLowerCase())).slice(0, most)
}

/** The first sentence, at most 80 characters, cut at a word. */
function shorten(text: string): string {
  const first = (text.split(/(?<=[.!?])\s/)[0] ?? text).replace(/[.\s]+$/, '')
  if (first.length <= 80) return first || 'Untitled'
  return `${first.slice(0, 80).replace(/\s+\S*$/, '')}…`
}
