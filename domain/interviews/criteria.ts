import { z } from 'zod'
import { withoutAttachments } from '#domain/core/attachment.ts'
import { saysNothing } from './says-nothing.ts'
import type { Topic } from './schema.ts'

/** One topic of the requirements sheet: what was said about it, by which messages, and whether it is only assumed. */
export type Requirement = {
  topic: Topic
  title: string
  statements: { text: string; author: string; messageId: string }[]
  assumed: boolean
  /** The messages of those who did not know. */
  dontKnow: string[]
}

/** Something that can be checked once the work is done, and the answers it came from, by the ids of their messages. */
export const criterion = z.object({ text: z.string().trim().min(1).max(500), sources: z.array(z.string()) })
export type Criterion = z.output<typeof criterion>

/** How one checks what was said about a topic. About "done when" people say it themselves. */
const CHECKS: Readonly<Record<Exclude<Topic, 'doneWhen'>, string>> = {
  goal: 'Shown in use',
  users: 'Tried as',
  data: 'Checked in the data',
  screens: 'Opened and tried',
  rules: 'Holds whatever one tries',
  limits: 'Limit kept',
  risks: 'Guarded against',
}
const LONGEST = 300

/**
 * INTERVIEW-6: what of a requirement can be checked: of "done when" each line or sentence as it was said, of any other topic each
 * statement with the way to check it. What is only assumed is checked for being said. A topic nobody talked about has none,
 * nor has an answer that says there is nothing.
 */
export function criteriaFor(requirement: Requirement): Criterion[] {
  const { topic, title, statements, assumed, dontKnow } = requirement
  if (statements.length === 0)
    return assumed ? [{ text: `What was assumed about ${title.toLowerCase()} is written down`, sources: [...dontKnow] }] : []
  const lines = statements.flatMap(({ text, messageId }) => {
    if (saysNothing(text)) return []
    const checked = topic === 'doneWhen' ? pointsOf(text) : [`${CHECKS[topic]}: ${inOneLine(text)}`]
    return checked.map((line) => ({ text: shorten(line), sources: [messageId] }))
  })
  return merged(lines)
}

/** The criteria of all requirements; those that people named themselves come first. */
export function criteriaOf(requirements: readonly Requirement[]): Criterion[] {
  const [named, others] = [true, false].map((isNamed) => requirements.filter(({ topic }) => (topic === 'doneWhen') === isNamed))
  return merged([...(named ?? []), ...(others ?? [])].flatMap(criteriaFor))
}

/** Each text once, with the answers of all who said it. */
export function merged(criteria: readonly Criterion[]): Criterion[] {
  const byText = new Map<string, Criterion>()
  for (const { text, sources } of criteria) {
    const known = byText.get(sameCriterion(text))
    byText.set(sameCriterion(text), { text: known?.text ?? text, sources: [...new Set([...(known?.sources ?? []), ...sources])] })
  }
  return [...byText.values()]
}

/** Two criteria with one key say the same. */
export const sameCriterion = (text: string): string => inOneLine(text).toLowerCase()

/**
 * INTERVIEW-6: texts with the answers they came from: those of the criterion that says the same, else, for one that was rewritten by hand, of the
 * criterion that is not there any more and most of whose words it still has.
 */
export function withSources(texts: readonly string[], known: readonly Criterion[]): Criterion[] {
  const said = new Set(texts.map(sameCriterion))
  const left = known.filter((one) => !said.has(sameCriterion(one.text)))
  return texts.map((text) => {
    const same = known.find((one) => sameCriterion(one.text) === sameCriterion(text))
    return { text, sources: (same ?? takeNearest(left, text))?.sources ?? [] }
  })
}

function takeNearest(left: Criterion[], text: string): Criterion | undefined {
  const words = new Set(longWords(text))
  const kept = left.map((one) => {
    const all = longWords(one.text)
    return all.filter((word) => words.has(word)).length / Math.max(1, all.length)
  })
  const most = Math.max(0, ...kept)
  return most > 0.5 ? left.splice(kept.indexOf(most), 1)[0] : undefined
}

/** The words that say something: short ones, and how it is checked, stand in any criterion. */
const longWords = (text: string): string[] =>
  sameCriterion(text)
    .replace(/^[^:]*: /, '')
    .match(/[\p{L}\p{N}]{4,}/gu) ?? []

const inOneLine = (text: string): string => sayAttachments(text).replace(/\s+/g, ' ').trim()

/** A text as words alone: a picture or a file in it is named. */
export const sayAttachments = (text: string): string => withoutAttachments(text, ({ kind, name }) => `(${kind}: ${name})`)

function pointsOf(text: string): string[] {
  const points = sayAttachments(text)
    .split(/\n+|(?<=[.;!])\s+/)
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
    .filter((line) => line.length > 2)
  return points.length > 0 ? points : [inOneLine(text)]
}

const shorten = (line: string): string => (line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`)
