import type { FileChange } from '#domain/attempts/file-change.ts'
import type { AgentRun } from './agent.ts'
import { callModel, type ModelDeadlines, type OpenAiSpec } from './model-call.ts'

const SHOWN_PATCH = 12_000

/** A commit message in the model's words. Whether it is a valid one is for whoever commits to judge. */
export async function commitWords(
  spec: OpenAiSpec,
  run: AgentRun,
  { changes, patch }: { changes: readonly FileChange[]; patch: string },
  world: { deadlines: ModelDeadlines; now: () => number },
): Promise<string | undefined> {
  const { task } = run.claim.payload
  const files = changes.slice(0, 60).map(({ path, added, removed }) => `${path} +${added ?? '?'} -${removed ?? '?'}`)
  const answer = await callModel(
    spec,
    {
      messages: [
        {
          role: 'system',
          content:
            'Write one commit message in the Conventional Commits form for the change below: "type(scope): subject" in the imperative, lower case, at most 72 characters, no full stop; if it helps, an empty line and one short paragraph. Types: feat, fix, docs, style, refactor, test, chore, perf, build, ci, revert. Answer with the message only.',
        },
        {
          role: 'user',
          content: `Task ${task.shortId}: ${task.title}\n\nFiles:\n${files.join('\n')}\n\nDiff:\n${patch.slice(0, SHOWN_PATCH)}`,
        },
      ],
    },
    { ...world, signal: run.signal, onSpent: (usage) => run.emit({ type: 'usage', ...usage, requests: 1 }) },
  )
  const message = answer.text.replace(/^```[a-z]*\n?|\n?```\s*$/g, '').trim()
  return message === '' ? undefined : message
}
