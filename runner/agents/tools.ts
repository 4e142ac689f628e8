import type { ChatCompletionTool } from 'openai/resources/chat/completions'
import { z } from 'zod'
import type { AgentRun } from './agent.ts'
import { runAsked } from './checks.ts'
import type { HandResult } from './hands.ts'

const path = z.string().describe('A path relative to the top of the repository, with / between folders.')

/** What a model may ask for, in its own words: one schema per tool is its description, its check, and its type. */
const TOOLS = {
  list_files: { about: 'List files (tracked and new ones) under a folder.', input: z.object({ path: path.default('') }) },
  read_file: {
    about: 'Read a text file, or a range of its lines (1-based).',
    input: z.object({ path, from: z.number().int().positive().optional(), to: z.number().int().positive().optional() }),
  },
  search: {
    about: 'Find lines that hold a text (not a pattern; letter case does not matter).',
    input: z.object({ text: z.string(), path: path.default('') }),
  },
  write_file: { about: 'Write a whole file; folders are made. Replaces what was there.', input: z.object({ path, content: z.string() }) },
  apply_patch: { about: 'Apply a unified diff (---, +++, @@). Applied whole or not at all.', input: z.object({ patch: z.string() }) },
  run_command: { about: 'Run a shell command at the top of the repository, without network.', input: z.object({ command: z.string() }) },
  finish: { about: 'Say that the task is done, with a short summary for people.', input: z.object({ summary: z.string() }) },
} as const
type ToolName = keyof typeof TOOLS

/** The tools as the wire wants them. */
export const TOOL_LIST: ChatCompletionTool[] = Object.entries(TOOLS).map(([name, { about, input }]) => ({
  type: 'function',
  function: { name, description: about, parameters: jsonSchema(input) },
}))

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' }) as Record<string, unknown>
  return rest
}

export type ReadCall = { ok: true; name: ToolName; input: Record<string, unknown>; short: string } | { ok: false; why: string }

/** AGENT-2: a tool call read strictly: nothing runs on arguments that are not what the tool's schema says. */
export function readCall(name: string, json: string): ReadCall {
  const tool = TOOLS[name as ToolName]
  if (!Object.hasOwn(TOOLS, name) || !tool)
    return { ok: false, why: `There is no tool "${name}". Tools: ${Object.keys(TOOLS).join(', ')}.` }
  let given: unknown
  try {
    given = JSON.parse(json === '' ? '{}' : json)
  } catch (error) {
    return {
      ok: false,
      why: `The arguments of ${name} are not JSON (${error instanceof Error ? error.message : 'unreadable'}). Nothing was done. Send them again as one JSON object.`,
    }
  }
  const parsed = tool.input.safeParse(given)
  if (!parsed.success) return { ok: false, why: `The arguments of ${name} don't fit: ${z.prettifyError(parsed.error)} Nothing was done.` }
  const input = parsed.data as Record<string, unknown>
  return {
    ok: true,
    name: name as ToolName,
    input,
    short: String(input.path ?? input.text ?? input.command ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 120),
  }
}

/** Does what a call asks. `finish` is the loop's own affair and never comes here. */
export async function carryOut(call: Extract<ReadCall, { ok: true }>, run: AgentRun): Promise<HandResult> {
  const input = call.input as { path: string; from?: number; to?: number; text: string; content: string; patch: string; command: string }
  switch (call.name) {
    case 'list_files':
      return run.hands.listFiles(input.path)
    case 'read_file':
      return run.hands.readFile(input.path, input.from, input.to)
    case 'search':
      return run.hands.search(input.text, input.path)
    case 'write_file':
      return run.hands.writeFile(input.path, input.content)
    case 'apply_patch':
      return run.hands.applyPatch(input.patch)
    case 'run_command':
      return runAsked(input.command, run)
    case 'finish':
      return { ok: true, text: 'Finished.' }
  }
}
