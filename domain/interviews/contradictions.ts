import { z } from 'zod'
import { defineCommand } from '#domain/core/command.ts'
import { derivedId } from '#domain/core/derived-id.ts'
import { type Answer, accept, refuse } from '#domain/core/refusal.ts'
import { chatRoom, projectRoom } from '#domain/core/rooms.ts'
import { interviewGone, questionsAndAnswers, TOPIC_WORDS } from './rules.ts'
import { type Contradiction, contradictions, interviews, type Message, messages } from './schema.ts'

/** A contradiction nobody has settled yet, by a name people can ask each other. */
export type OpenQuestion = Pick<Contradiction, 'id' | 'name' | 'answers'>
type Known = Pick<Contradiction, 'id' | 'name' | 'answers' | 'kept' | 'settlement' | 'settledBy'>

/**
 * INTERVIEW-7: what still stands against each other: two people's different answers to one question, and what a model named.
 * Of one person's answers to a question the last one counts. An answer that is changed afterwards opens the question again.
 */
export function openQuestions(said: readonly Message[], known: readonly Known[]): OpenQuestion[] {
  const settled = new Set(known.filter(({ settledBy }) => settledBy !== null).map(({ id }) => id))
  const named = known.filter(({ settledBy }) => settledBy === null).map(({ id, name, answers }) => ({ id, name, answers }))
  return [...found(said).filter(({ id }) => !settled.has(id)), ...named]
}

function found(said: readonly Message[]): OpenQuestion[] {
  return questionsAndAnswers(said).flatMap(({ question, answers }) => {
    const told = [...new Map(answers.filter(({ assumed }) => !assumed).map((answer) => [answer.author, answer])).values()]
    const sides = sidesOf(
      told.map(({ id }) => id),
      told,
    )
    if (sides.length < 2) return []
    const what = sides.map(({ text }) => `“${shorten(text)}”`).join(' or ')
    return [
      {
        id: derivedId(question.id, told.map((answer) => `${answer.id} ${answer.content}`).join('\n')),
        name: `${question.topic ? TOPIC_WORDS[question.topic] : shorten(question.content)}: ${what}?`,
        answers: told.map(({ id }) => id),
      },
    ]
  })
}

/** One side of a contradiction: what it says, and by which answers of whom. */
export type Side = { text: string; ids: string[]; authors: string[] }

/** The sides of a contradiction; those who said the same stand on one. */
export function sidesOf(answers: readonly string[], said: readonly Pick<Message, 'id' | 'content' | 'author'>[]): Side[] {
  const sides = new Map<string, Side>()
  for (const id of answers) {
    const answer = said.find((one) => one.id === id)
    if (!answer) continue
    const key = fold(answer.content)
    const side = sides.get(key) ?? { text: answer.content, ids: [], authors: [] }
    sides.set(key, side)
    side.ids.push(id)
    if (!side.authors.includes(answer.author)) side.authors.push(answer.author)
  }
  return [...sides.values()]
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.!]+/g, ' ')
    .trim()
const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, 59).trimEnd()}…`
}

/** INTERVIEW-8: no prompts are made of answers that contradict each other; the refusal names what to settle. */
export function decideGenerate(open: readonly Pick<OpenQuestion, 'name'>[]): Answer {
  const [first, ...more] = open
  if (!first) return accept()
  const rest = more.length === 0 ? '' : ` And ${more.length === 1 ? 'one more' : `${more.length} more`}.`
  return refuse('contradiction-open', `Settle first what contradicts itself: ${first.name}${rest}`)
}

/** Settles a contradiction in the actor's name: which answers hold, and what else does. */
export const settleContradiction = defineCommand({
  name: 'settleContradiction',
  input: z.object({
    projectId: z.uuid(),
    interviewId: z.uuid(),
    id: z.string(),
    name: z.string(),
    answers: z.array(z.string()),
    kept: z.array(z.string()),
    settlement: z.string().trim().max(20_000, 'An answer can have at most 20,000 characters.').default(''),
  }),
  rooms: ({ projectId, interviewId }) => [projectRoom(projectId), chatRoom(interviewId)],
  run(tx, { id, kept, settlement, ...fields }) {
    const project = tx.room(projectRoom(fields.projectId))
    if (!project.get(interviews, fields.interviewId)) return interviewGone()
    const chat = tx.room(chatRoom(fields.interviewId))
    if (kept.length === 0 && settlement === '')
      return refuse('nothing-holds', 'Say which answer holds, or what holds instead.', 'settlement')
    if (!kept.every((answer) => fields.answers.includes(answer) && chat.get(messages, answer)))
      return refuse('answer-not-found', 'That answer is gone. Look at the question again.')
    project.create(contradictions, { id, ...fields })
    project.update(contradictions, id, { kept, settlement, settledBy: tx.actor, settledAt: tx.now })
    return accept()
  },
})

/** What a contradiction comes to, as a line of the conversation that agents are told. */
export function asLine(known: Known, said: readonly Pick<Message, 'id' | 'content'>[]) {
  const words = (ids: readonly string[]) => ids.map((id) => `[${id}] “${said.find((one) => one.id === id)?.content ?? ''}”`).join(', ')
  const out = known.answers.filter((id) => !known.kept.includes(id))
  const held = [
    known.kept.length > 0 ? `It holds: ${words(known.kept)}.` : '',
    known.settlement,
    out.length > 0 ? `It does not hold: ${words(out)}.` : '',
  ]
  const content =
    known.settledBy === null ? `Contradiction, not settled yet: ${known.name}` : `Settled: ${known.name} ${held.filter(Boolean).join(' ')}`
  return { id: known.id, role: 'system' as const, content, author: '', topic: null, answers: null, assumed: false }
}
