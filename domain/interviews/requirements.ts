import { questionsAndAnswers, TOPIC_WORDS } from './rules.ts'
import { type Interview, type Message, TOPICS, type Topic } from './schema.ts'

/** One topic of the requirements sheet: what was said about it, by which messages, and whether it is only assumed. */
export type Requirement = {
  topic: Topic
  title: string
  statements: { text: string; author: string; messageId: string }[]
  assumed: boolean
}

/** INTERVIEW-5: what an interview found out, topic by topic, each statement linked to the answer it came from. */
export function requirementsOf(interview: Pick<Interview, Topic>, messages: readonly Message[]): Requirement[] {
  const answered = questionsAndAnswers(messages)
  return TOPICS.map((topic) => ({
    topic,
    title: TOPIC_WORDS[topic],
    assumed: interview[topic] === 'assumed',
    statements: answered
      .filter(({ question }) => question.topic === topic)
      .flatMap(({ answers }) => answers)
      .filter((answer) => !answer.assumed)
      .map((answer) => ({ text: answer.content.trim(), author: answer.author, messageId: answer.id })),
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
