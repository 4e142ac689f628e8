import { TOPICS } from '#domain/interviews/schema.ts'

/** The part of a request the script looks at. */
export type ChatRequest = {
  model: string
  messages: { role: string; content: string | null; tool_calls?: { function: { name: string } }[] }[]
  tools?: { function: { name: string } }[]
  stream?: boolean
  stream_options?: { include_usage?: boolean }
}

/** What the fake model says: words, or calls of tools. */
export type Reply = { text?: string; calls?: { name: string; arguments: unknown }[] }

/** A rule of the script: the first that answers counts. Tests put their own in front. */
export type Rule = (request: ChatRequest) => Reply | undefined

const offers = (request: ChatRequest, name: string): boolean => (request.tools ?? []).some((tool) => tool.function.name === name)
const textOf = (request: ChatRequest): string => request.messages.map((message) => message.content ?? '').join('\n')
const lastUser = (request: ChatRequest): string => request.messages.findLast((message) => message.role === 'user')?.content ?? ''

const QUESTIONS: Record<(typeof TOPICS)[number], { question: string; options: string[] }> = {
  goal: {
    question: 'What should people be able to do that they cannot do today?',
    options: ['Keep track of things', 'Share something', 'Save time on a chore'],
  },
  users: { question: 'Who will use it first?', options: ['Only me', 'My team', 'Customers'] },
  data: { question: 'What does it have to remember?', options: ['A list of entries', 'Files', 'Nothing'] },
  screens: { question: 'Which screen is opened most?', options: ['A list', 'A form', 'A dashboard'] },
  rules: { question: 'Which rule may never be broken?', options: ['No entry is lost', 'Only owners edit', 'None yet'] },
  limits: { question: 'What must it cope with?', options: ['Ten people', 'A thousand entries', 'No network'] },
  risks: { question: 'What would be the worst that could happen?', options: ['Data is lost', 'Strangers read it', 'It is slow'] },
  doneWhen: {
    question: 'How will you see that it is done?',
    options: ['A test passes', 'I can do the job once', 'The team uses it for a week'],
  },
}

/** The next question about a topic the request says is open. */
const interview: Rule = (request) => {
  if (!offers(request, 'next_question')) return undefined
  const said = textOf(request)
  const open = TOPICS.filter((topic) => new RegExp(`\\b${topic}: open`).test(said) && !said.includes(QUESTIONS[topic].question))
  const topic = open[0]
  const answered = TOPICS.filter((each) => said.includes(QUESTIONS[each].question))
  const next = topic ? QUESTIONS[topic] : { question: 'Is there anything else that matters?', options: ['No, that is all', 'Yes'] }
  // It has looked at the first file of the repository it is told of.
  const files = [...said.matchAll(/^Files \(\d+\): ([^,\n]+)/gm)].map(([, name]) => name)
  return { calls: [{ name: 'next_question', arguments: { ...next, topic: topic ?? null, answered, files } }] }
}

const prompts: Rule = (request) => {
  if (!offers(request, 'propose_prompts')) return undefined
  const ids = [...textOf(request).matchAll(/^\[([0-9a-f-]{36})\]/gm)].map(([, id]) => id)
  const proposal = (title: string, type: string) => ({
    title,
    type,
    content: `# ${title}\n\nBuild it as the interview says.\n\n## Done when\n\n- [ ] a test proves it\n`,
    sources: ids.slice(0, 2),
    criteria: [{ text: 'a test proves it', sources: ids.slice(1, 2) }],
  })
  return {
    calls: [
      {
        name: 'propose_prompts',
        arguments: { proposals: [proposal('Keep a list of entries', 'feature'), proposal('Show the list', 'screen')] },
      },
    ],
  }
}

const tasks: Rule = (request) => {
  if (!offers(request, 'propose_tasks')) return undefined
  const task = (title: string, size: string, dependsOn: number[]) => ({
    title,
    description: `${title}, as the prompt says.`,
    size,
    checklist: ['a test proves it'],
    dependsOn,
  })
  return {
    calls: [
      {
        name: 'propose_tasks',
        arguments: { proposals: [task('Store entries', 'M', []), task('List entries', 'S', [0]), task('Remove an entry', 'S', [0])] },
      },
    ],
  }
}

const commit: Rule = (request) => {
  if (request.tools || !/commit message/i.test(request.messages[0]?.content ?? '')) return undefined
  const title = /Task \S+: (.*)/.exec(lastUser(request))?.[1] ?? 'the task'
  return {
    text: `feat: ${
      title
        .replace(/[^\p{L}\p{N} ]/gu, '')
        .toLowerCase()
        .slice(0, 60)
        .trim() || 'do the task'
    }`,
  }
}

/** A task is worked in three steps: look, write a file, finish. A follow-up writes another one. */
const work: Rule = (request) => {
  if (!offers(request, 'write_file')) return undefined
  const since = request.messages.slice(request.messages.findLastIndex((message) => message.role === 'user') + 1)
  const done = since.flatMap((message) => message.tool_calls ?? []).map((call) => call.function.name)
  const people = request.messages.filter((message) => message.role === 'user').length
  const title = /^Task \S+: (.*)$/m.exec(textOf(request))?.[1] ?? 'the task'
  const path = people > 1 ? `src/follow-up-${people - 1}.ts` : 'src/feature.ts'
  if (!done.includes('list_files'))
    return { text: 'Let me look at what is here first.', calls: [{ name: 'list_files', arguments: { path: '' } }] }
  if (!done.includes('write_file')) {
    return {
      text: `I will write \`${path}\`.`,
      calls: [
        {
          name: 'write_file',
          arguments: {
            path,
            content: `/** ${title.replaceAll('*/', '')} */\nexport const feature = ${JSON.stringify(lastUser(request).slice(0, 80))}\n`,
          },
        },
      ],
    }
  }
  return { calls: [{ name: 'finish', arguments: { summary: `Wrote ${path} for: ${title}` } }] }
}

const ready: Rule = (request) => (/one word: ready/.test(lastUser(request)) ? { text: 'ready' } : undefined)

const title: Rule = (request) =>
  offers(request, 'propose_title') ? { calls: [{ name: 'propose_title', arguments: { title: 'Print each receipt once' } }] } : undefined

/** The story the fake tells when nobody asks for another one. */
export const STORY: readonly Rule[] = [
  interview,
  prompts,
  tasks,
  title,
  commit,
  work,
  ready,
  () => ({ text: 'I have nothing to say to that.' }),
]
