import type { PayloadOf, Spoken } from '#domain/sessions/protocol.ts'
import { throwIfStopped } from '#runner/turn-stop.ts'
import type { Agent, AgentRun } from './agent.ts'
import { say } from './agent.ts'

/**
 * AGENT-1: the built-in agent: no model, no network, no command. It writes the task's specification with its acceptance
 * checklist into the repository, and adds a section for each later message. The same claim gives the same bytes.
 */
export const builtin: Agent = {
  takesComplaints: false,
  async run(run) {
    const { payload } = run.claim
    const path = specPath(payload.task)
    const there = await run.hands.readFile(path)
    const later = there.ok ? byPeople(payload.transcript).at(-1) : undefined
    run.log(`The built-in agent runs no command. It writes ${path}.\n`)
    const answer = later && there.ok ? await followUp(run, path, there.text, later) : await firstTurn(run, path)
    throwIfStopped(run.signal)
    say(run, answer)
    return { summary: answer, stopped: null }
  },
}

async function firstTurn(run: AgentRun, path: string): Promise<string> {
  const { payload } = run.claim
  say(run, `I have no model behind me, so I turn this card into a specification you can build from: \`${path}\`.`)
  const written = await write(run, path, specification(payload))
  if (!written.ok) return `The specification was not written. ${written.text}`
  const boxes = checklist(payload).length
  return `Wrote \`${path}\`: the request, the description, the prompt, and an acceptance checklist of ${boxes} ${boxes === 1 ? 'point' : 'points'}.`
}

async function followUp(run: AgentRun, path: string, before: string, later: Spoken): Promise<string> {
  const mark = `<!-- follow-up ${later.id} -->`
  if (before.includes(mark)) return `The last message already stands in \`${path}\`.`
  const section = `\n## Follow-up of ${dayOf(run.claim.turnId)}\n\n${mark}\n\n${quote(later.content)}\n\n- [ ] ${oneLine(later.content)}\n`
  const written = await write(run, path, `${before.trimEnd()}\n${section}`)
  return written.ok
    ? `Added the message to \`${path}\` as a follow-up with a point of its own.`
    : `The follow-up was not written. ${written.text}`
}

async function write(run: AgentRun, path: string, text: string): Promise<{ ok: boolean; text: string }> {
  const written = await run.hands.writeFile(path, text)
  run.log(`${written.text}\n`)
  say(run, written.text, 'tool', `write_file ${path}`)
  return written
}

/** Where a task's specification stands. */
export function specPath(task: { shortId: string; title: string }): string {
  const slug = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 48)
      .replace(/^-+|-+$/g, '')
  const stem = [slug(task.shortId) || 'card', slug(task.title)].filter(Boolean).join('-')
  return `docs/specs/${stem}.md`
}

/** The specification of a task as markdown. */
export function specification(
  payload: Pick<PayloadOf<'execute'>, 'task' | 'prompt' | 'transcript' | 'startedBy' | 'branch' | 'targetBranch'>,
): string {
  const { task } = payload
  const said = byPeople(payload.transcript)
  const sections: [string, string][] = [
    ['Request', oneLine(task.title)],
    ['Description', task.description.trim() || '_None was given._'],
    ['Prompt', payload.prompt.trim() ? quote(payload.prompt) : '_None was given._'],
    ...(said.length > 0 ? [['Said beforehand', said.map(({ content }) => quote(content)).join('\n\n')] as [string, string]] : []),
    [
      'Acceptance',
      checklist(payload)
        .map((point) => `- [ ] ${point}`)
        .join('\n'),
    ],
  ]
  const head = `# ${oneLine(`${task.shortId} ${task.title}`.trim())}\n\nAsked for by ${oneLine(payload.startedBy.name) || 'somebody'}, to be built on \`${payload.branch}\` for \`${payload.targetBranch}\`.\n`
  return `${head}\n${sections.map(([title, body]) => `## ${title}\n\n${body}\n`).join('\n')}`
}

function checklist({ task }: Pick<PayloadOf<'execute'>, 'task'>): string[] {
  const points = task.checklist.map(oneLine).filter(Boolean)
  return points.length > 0
    ? points
    : [`${oneLine(task.title)} works as described`, 'Nothing that worked before is broken', 'A test proves it']
}

const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300)
const quote = (text: string): string =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n')
const byPeople = (transcript: readonly Spoken[]): Spoken[] =>
  transcript.filter((message) => message.role === 'user' && message.content.trim() !== '')

/** The day a turn was made, read from its id (a UUIDv7 begins with the time), so that the same turn always writes the same. */
function dayOf(turnId: string): string {
  const ms = Number.parseInt(turnId.replaceAll('-', '').slice(0, 12), 16)
  const isTime = /^[0-9a-f-]{14}-?7/i.test(turnId) && ms > 0
  return isTime ? new Date(ms).toISOString().slice(0, 10) : `turn ${turnId.slice(0, 8)}`
}
