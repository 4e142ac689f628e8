import { criteriaOf, type Requirement } from './criteria.ts'
import { questionsAndAnswers, TOPIC_WORDS } from './rules.ts'
import { type Contradiction, type Interview, type Message, TOPICS, type Topic } from './schema.ts'

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
  return TOPICS.map((topic) => {
    const said = answered.filter(({ question }) => question.topic === topic).flatMap(({ answers }) => answers)
    return {
      topic,
      title: TOPIC_WORDS[topic],
      assumed: interview[topic] === 'assumed',
      dontKnow: said.filter((answer) => answer.assumed).map(({ id }) => id),
      statements: [
        ...said
          .filter((answer) => !answer.assumed && !dropped.has(answer.id))
          .map((answer) => ({ text: answer.content.trim(), author: answer.author, messageId: answer.id })),
        ...instead.filter((one) => one.topic === topic).map(({ statement }) => statement),
      ],
    }
  })
}

/** The requirements as a markdown sheet, ready to stand in a prompt or a repository; its last section has the criteria of them all. */
export function requirementsSheet(title: string, requirements: readonly Requirement[]): string {
  const criteria = criteriaOf(requirements)
  const sections = requirements.map(({ topic, title: heading, statements, assumed }) => {
    const lines = (topic === 'doneWhen' ? criteria : statements).map(({ text }) =>
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
