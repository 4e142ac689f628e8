import { questionsAndAnswers, TOPIC_WORDS } from './rules.ts'
import { type Contradiction, type Interview, type Message, TOPICS, type Topic } from './schema.ts'

/** One topic of the requirements sheet: what was said about it, by which messages, and whether it is only assumed. */
export type Requirement = {
  topic: Topic
  title: string
  statements: { text: string; author: string; messageId: string }[]
  assumed: boolean
}

type Settled = Pick<Contradiction, 'answers' | 'kept' | 'settlement' | 'settledBy'>

/**
 * INTERVIEW-5: what an interview found out, topic by topic, each statement linked to the answer it came from. Where a
 * contradiction was settled, what does not hold is left out, and what holds instead stands in the settler's name.
 */
export function requirementsOf(
  interview: Pick<Interview, Topic>,
  messages: readonly Message[],
  contradictions: readonly Settled[] = [],
): Requirement[] {
  const answered = questionsAndAnswers(messages)
  const settled = contradictions.filter(({ settledBy }) => settledBy !== null)
  const dropped = new Set(settled.flatMap(({ answers, kept }) => answers.filter((id) => !kept.includes(id))))
  const topicOf = new Map(messages.map(({ id, topic }) => [id, topic]))
  const instead = settled.flatMap(({ answers, settlement, settledBy }) => {
    const [first] = answers
    const text = settlement.trim()
    return first && text ? [{ topic: topicOf.get(first), statement: { text, author: settledBy ?? '', messageId: first } }] : []
  })
  return TOPICS.map((topic) => ({
    topic,
    title: TOPIC_WORDS[topic],
    assumed: interview[topic] === 'assumed',
    statements: [
      ...answered
        .filter(({ question }) => question.topic === topic)
        .flatMap(({ answers }) => answers)
        .filter((answer) => !answer.assumed && !dropped.has(answer.id))
        .map((answer) => ({ text: answer.content.trim(), author: answer.author, messageId: answer.id })),
      ...instead.filter((one) => one.topic === topic).map(({ statement }) => statement),
    ],
  }))
}

/** INTERVIEW-6: the answers to "done when" as single checkable criteria: one a line, or one a sentence. */
export function criteriaOf(requirements: readonly Requirement[]): string[] {
  const done = requirements.find((requirement) => requirement.topic === 'doneWhen')
  const criteria = (done?.statements ?? []).flatMap(({ text }) => text.split(/\n+|(?<=[.;!])\s+/))
  return criteria.map((line) => line.replace(/^[-*\d.)\s]+/, '').trim()).filter((line) => line.length > 2)
}

/** The requirements as a markdown sheet, ready to stand in a prompt or a repository. */
export function requirementsSheet(title: string, requirements: readonly Requirement[]): string {
  const sections = requirements.map(({ title: heading, statements, assumed }) => {
    const lines = statements.map(({ text }) =>
      text
        .split('\n')
        .map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
        .join('\n'),
    )
    const body = lines.length
      ? lines.join('\n')
      : assumed
        ? '- _Assumed: nobody could say. Choose what is usual and say so._'
        : '- _Not talked about._'
    return `## ${heading}\n\n${body}`
  })
  return `# ${title}\n\n${sections.join('\n\n')}\n`
}
